import { replaceMeasured } from './write-report';

const DOCUMENT = '# Speed\n\n<!-- measured: begin -->\n\nold\n\n<!-- measured: end -->\n\nend\n';

describe('replaceMeasured', () => {
  it('changes only what lies between the marks', () => {
    const changed = replaceMeasured(DOCUMENT, 'new');
    expect(changed).toBe(DOCUMENT.replace('old', 'new'));
    expect(replaceMeasured(changed, 'old')).toBe(DOCUMENT);
  });

  it('refuses a document without marks', () => {
    expect(() => replaceMeasured('# Speed\n', 'new')).toThrow('has no');
  });
});
