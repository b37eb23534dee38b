/** An article: code, name, price from and to (in whole currency units), what it is good for. */
export type Article = readonly [code: string, name: string, priceMin: number, priceMax: number, purpose: string];
/** A variant: code, name, and what it multiplies the price by. */
export type Variant = readonly [code: string, name: string, priceFactor?: number];

/** Every brand offers every article of its category in every variant. */
export interface Category {
  code: string;
  brands: readonly string[];
  variants: readonly Variant[];
  articles: readonly Article[];
}

const COLOURS = variants(
  'BLK Black, WHT White, GRA Graphite, SLV Silver, NVY Navy, SAG Sage, SND Sand, TER Terracotta, FOR Forest Green, SKY Sky Blue, PLM Plum, OCH Ochre',
);
const FINISHES = variants(
  'OAK Oak, WAL Walnut, ASH Ash, BIR Birch, BEE Beech, CHE Cherry, SMO Smoked Oak, WHO White Oak, BAM Bamboo, PIN Pine, TEA Teak, BLA Black Ash',
);
const SIZES: readonly Variant[] = variants('BLK Black, NVY Navy, OLV Olive, STN Stone').flatMap(([code, colour]) =>
  ['S', 'M', 'L'].map((size): Variant => [`${code}${size}`, `${colour}, ${size}`]),
);
const PACKS: readonly Variant[] = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24].map((units) =>
  units === 1 ? ['01', 'Single'] : [String(units).padStart(2, '0'), `Pack of ${units}`, units * 0.88],
);

const TECH = list('Aurelo, Nordvik, Kestrel, Halden, Vantora, Lumio, Brightwell, Tessera, Orbis, Quillon');
const HOME = list(
  'Hearthside, Linden & Co, Maren, Oakmoor, Solvang, Fernhill, Casa Lume, Bramley, Tidewater, Elmstead',
);
const OUTDOOR = list(
  'Ridgeline, Fjellheim, Wildbourne, Summit Oak, Pinecrest, Cairnwell, Northbound, Larkmoor, Granite Peak, Skarvan',
);
const FOOD = list(
  'Orchard Lane, Verdano, Golden Mill, Mirabel, Santorelli, Green Acre, Harvest Moon, Bellavita, Copper Kettle, Wren Farm',
);
const CARE = list(
  'Botanica, Clearspring, Aloria, Silkbourne, Mossgrove, Pure Tide, Lavelle, Nimbus, Rosemere, Daybreak',
);
const PLAY = list(
  'Little Harbour, Bumble & Finch, Pocketwood, Merrymill, Tumbletown, Owl & Acorn, Playfield, Kitebird, Wobblewood, Sunny Step',
);
const GARDEN = list(
  'Greenwick, Thornbury, Meadowell, Rootstock, Ivy Gate, Hollyoak, Bloomfield, Terra Nova, Clovermead, Willowbank',
);

/** The words that the demo catalogue is made of. All brands are invented. */
export const CATEGORIES: readonly Category[] = [
  {
    code: 'COM',
    brands: TECH,
    variants: COLOURS,
    articles: [
      ['LAP', '14-inch Laptop', 749, 1649, 'Sixteen gigabytes of memory and a battery for a long working day.'],
      ['MON', '27-inch Monitor', 219, 549, 'A sharp, glare-free picture on a stand that turns and tilts.'],
      ['KEY', 'Mechanical Keyboard', 69, 179, 'Quiet switches, full-size layout, a cable that comes off.'],
      ['MOU', 'Wireless Mouse', 24, 89, 'Fits either hand; one charge lasts three months.'],
      ['DOC', 'USB-C Docking Station', 89, 239, 'One cable for two displays, network and power.'],
      ['SSD', 'Portable SSD 1 TB', 79, 149, 'Pocket-sized, shock-proof, a film in four seconds.'],
      ['WEB', 'HD Webcam', 39, 129, 'A clear picture in poor light, with a privacy shutter.'],
      ['HUB', '7-Port USB Hub', 19, 59, 'Seven powered ports in a metal case.'],
    ],
  },
  {
    code: 'KIT',
    brands: HOME,
    variants: COLOURS,
    articles: [
      ['PAN', 'Cast-Iron Skillet', 29, 99, 'Heats evenly and lasts for generations; oven-safe.'],
      ['KNF', "Chef's Knife", 34, 159, 'A forged 20 cm blade that keeps its edge.'],
      ['KET', 'Gooseneck Kettle', 39, 119, 'Pours slowly and precisely, holds the temperature.'],
      ['BRD', 'Bread Box', 24, 69, 'Keeps a loaf fresh for days.'],
      ['MUG', 'Stoneware Mug', 9, 24, 'Holds 35 cl; safe in the dishwasher and the microwave.'],
      ['GRI', 'Burr Coffee Grinder', 59, 219, 'Thirty settings from espresso to French press.'],
      ['TOA', 'Two-Slice Toaster', 34, 109, 'Wide slots, seven levels, a defrost button.'],
      ['BLE', 'Countertop Blender', 49, 189, 'Crushes ice and makes soup hot.'],
    ],
  },
  {
    code: 'AUD',
    brands: TECH,
    variants: COLOURS,
    articles: [
      ['HPH', 'Noise-Cancelling Headphones', 129, 379, 'Thirty hours of quiet on one charge.'],
      ['EAR', 'Wireless Earbuds', 49, 229, 'Small, secure, and proof against rain.'],
      ['SPK', 'Bluetooth Speaker', 39, 249, 'Full sound from something that fits a bottle holder.'],
      ['TUR', 'Turntable', 149, 499, 'Belt-driven, with a built-in preamplifier.'],
      ['MIC', 'USB Microphone', 59, 199, 'Studio sound for calls and podcasts.'],
      ['SBR', 'Compact Soundbar', 119, 399, 'Clear voices, deep bass, one cable to the television.'],
      ['RAD', 'Digital Radio', 49, 159, 'Stations from the air and from the net.'],
      ['AMP', 'Headphone Amplifier', 79, 299, 'Drives demanding headphones without noise.'],
    ],
  },
  {
    code: 'OUT',
    brands: OUTDOOR,
    variants: COLOURS,
    articles: [
      ['TEN', 'Two-Person Tent', 129, 449, 'Stands in ten minutes and stays dry in a storm.'],
      ['BAG', 'Down Sleeping Bag', 119, 389, 'Warm to minus five, packs to the size of a loaf.'],
      ['BPK', 'Trekking Backpack 45 L', 79, 229, 'A frame that carries the load on the hips.'],
      ['BOT', 'Insulated Bottle', 19, 49, 'Cold for a day, hot for half a day.'],
      ['LMP', 'Rechargeable Headlamp', 24, 89, 'Four hundred lumens and a red light for the map.'],
      ['STO', 'Camping Stove', 29, 119, 'Boils a litre in three minutes.'],
      ['POL', 'Carbon Trekking Poles', 49, 159, 'Light, foldable, with cork grips.'],
      ['HAM', 'Travel Hammock', 29, 79, 'Hangs between two trees in a minute.'],
    ],
  },
  {
    code: 'APP',
    brands: OUTDOOR,
    variants: SIZES,
    articles: [
      ['JAC', 'Rain Jacket', 79, 249, 'Waterproof, breathable, with sealed seams.'],
      ['FLE', 'Fleece Pullover', 39, 119, 'Soft, warm, and dry within the hour.'],
      ['TEE', 'Merino T-Shirt', 29, 79, 'Keeps its shape and stays fresh for days.'],
      ['TRO', 'Hiking Trousers', 49, 139, 'Stretch where it matters, pockets that close.'],
      ['VES', 'Quilted Vest', 59, 169, 'A layer for the days in between.'],
      ['SHO', 'Running Shorts', 24, 64, 'Light, with a pocket for the key.'],
      ['BAS', 'Thermal Base Layer', 29, 89, 'Warm next to the skin, without itching.'],
      ['GLO', 'Winter Gloves', 19, 69, 'Warm fingers that still work a screen.'],
    ],
  },
  {
    code: 'GRO',
    brands: FOOD,
    variants: PACKS,
    articles: [
      ['OIL', 'Extra Virgin Olive Oil 500 ml', 8, 19, 'Pressed cold from one harvest.'],
      ['COF', 'Whole Bean Coffee 500 g', 9, 21, 'Roasted slowly; chocolate and hazelnut.'],
      ['TEA', 'Loose-Leaf Black Tea 250 g', 6, 16, 'Full-bodied, at its best with a little milk.'],
      ['HON', 'Wildflower Honey 340 g', 6, 14, 'From a single apiary, never heated.'],
      ['PAS', 'Bronze-Cut Pasta 500 g', 2, 6, 'Rough enough for the sauce to stay.'],
      ['CHO', 'Dark Chocolate 70 % 100 g', 3, 7, 'Fruity, with a long finish.'],
      ['GRA', 'Honey Nut Granola 400 g', 4, 10, 'Baked in small batches.'],
      ['TOM', 'Peeled Tomatoes 400 g', 1, 4, 'Ripened in the sun, packed within a day.'],
    ],
  },
  {
    code: 'OFF',
    brands: HOME,
    variants: FINISHES,
    articles: [
      ['DSK', 'Standing Desk', 299, 749, 'Rises quietly and remembers four heights.'],
      ['CHR', 'Ergonomic Chair', 179, 549, 'Supports the back in every position.'],
      ['SHF', 'Five-Tier Bookshelf', 79, 249, 'Holds forty kilograms on each board.'],
      ['CAB', 'Filing Cabinet', 99, 289, 'Three drawers on smooth runners, lockable.'],
      ['LMP', 'Adjustable Desk Lamp', 39, 129, 'Warm or cool light, without flicker.'],
      ['ORG', 'Desk Organiser', 14, 49, 'A place for everything that lies about.'],
      ['STD', 'Laptop Stand', 24, 79, 'Brings the screen to eye level.'],
      ['CLK', 'Wall Clock', 19, 69, 'Silent movement, large figures.'],
    ],
  },
  {
    code: 'CAR',
    brands: CARE,
    variants: PACKS,
    articles: [
      ['SOA', 'Natural Bar Soap', 3, 8, 'Olive oil and shea butter, gently scented.'],
      ['SHA', 'Daily Shampoo 300 ml', 5, 15, 'Cleans without drying out.'],
      ['CRE', 'Hand Cream 75 ml', 4, 13, 'Absorbs fast and leaves no film.'],
      ['LOT', 'Body Lotion 400 ml', 6, 18, 'Aloe and oats for dry skin.'],
      ['BRU', 'Bamboo Toothbrush', 2, 6, 'Soft bristles on a handle that composts.'],
      ['SUN', 'Sun Cream SPF 50 150 ml', 9, 24, 'Light, and safe for the sea.'],
      ['DEO', 'Deodorant Stick', 4, 11, 'A day of freshness without aluminium.'],
      ['LIP', 'Lip Balm', 2, 6, 'Beeswax and almond oil.'],
    ],
  },
  {
    code: 'FIT',
    brands: OUTDOOR,
    variants: COLOURS,
    articles: [
      ['MAT', 'Yoga Mat 6 mm', 24, 79, 'Grips when hands are damp.'],
      ['KBL', 'Kettlebell 12 kg', 34, 89, 'Cast in one piece, with a smooth handle.'],
      ['BND', 'Resistance Band Set', 14, 39, 'Five strengths and a bag to carry them.'],
      ['ROL', 'Foam Roller', 19, 49, 'Firm enough to work, soft enough to bear.'],
      ['ROP', 'Speed Skipping Rope', 9, 34, 'Ball bearings, adjustable length.'],
      ['DMB', 'Adjustable Dumbbell 20 kg', 119, 329, 'Fifteen weights in one.'],
      ['BAL', 'Exercise Ball 65 cm', 19, 44, 'Burst-resistant, with a pump.'],
      ['PUL', 'Doorway Pull-Up Bar', 24, 69, 'Holds 130 kg, needs no screws.'],
    ],
  },
  {
    code: 'BED',
    brands: HOME,
    variants: COLOURS,
    articles: [
      ['DUV', 'Linen Duvet Cover', 79, 229, 'Stone-washed, cool in summer.'],
      ['PIL', 'Down-Alternative Pillow', 24, 79, 'Medium-firm, washable at sixty degrees.'],
      ['SHE', 'Percale Sheet Set', 59, 159, 'Crisp cotton with deep corners.'],
      ['BLA', 'Wool Throw Blanket', 49, 149, 'Woven thick, finished by hand.'],
      ['TOW', 'Bath Towel', 14, 44, 'Heavy cotton that dries fast.'],
      ['ROB', 'Waffle Bathrobe', 49, 119, 'Light enough to travel.'],
      ['CUS', 'Velvet Cushion', 19, 59, 'With a filling that keeps its shape.'],
      ['CUR', 'Blackout Curtain', 39, 119, 'Keeps out light, and some of the noise.'],
    ],
  },
  {
    code: 'TOY',
    brands: PLAY,
    variants: FINISHES,
    articles: [
      ['BLO', 'Building Block Set', 24, 79, 'Sixty pieces, sanded smooth.'],
      ['PUZ', 'Alphabet Puzzle', 12, 34, 'Twenty-six letters that fit one way only.'],
      ['TRA', 'Train Set', 29, 99, 'Four carriages and three metres of track.'],
      ['BAL', 'Balance Board', 49, 129, 'For play indoors and out.'],
      ['DOL', "Doll's House", 69, 199, 'Three floors, with furniture.'],
      ['XYL', 'Xylophone', 14, 44, 'Eight tuned bars and two mallets.'],
      ['MEM', 'Memory Game', 9, 29, 'Forty tiles, for two to six players.'],
      ['STK', 'Stacking Rings', 9, 27, 'Seven rings for small hands.'],
    ],
  },
  {
    code: 'GAR',
    brands: GARDEN,
    variants: COLOURS,
    articles: [
      ['PRU', 'Pruning Shears', 14, 54, 'A clean cut through branches of two centimetres.'],
      ['HOS', 'Garden Hose 20 m', 29, 89, 'Does not kink, does not leak.'],
      ['CAN', 'Watering Can 9 L', 14, 44, 'Balanced when full, with a fine rose.'],
      ['GLV', 'Gardening Gloves', 9, 29, 'Tough palms and a soft cuff.'],
      ['POT', 'Self-Watering Planter', 19, 69, 'Two weeks away without worry.'],
      ['SPA', 'Digging Spade', 24, 84, 'Forged head on an ash handle.'],
      ['LAN', 'Solar Lantern', 14, 49, 'Lights up at dusk by itself.'],
      ['BIR', 'Bird Feeder', 14, 39, 'Easy to fill, out of reach of squirrels.'],
    ],
  },
];

function list(text: string): string[] {
  return text.split(', ');
}

/** "BLK Black" is the variant Black with the code BLK. */
function variants(text: string): Variant[] {
  return list(text).map((each) => [each.slice(0, 3), each.slice(4)]);
}
