import { SigningKeys } from '@app/identity';
import { Controller, Get, Header, type OnApplicationBootstrap } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ForEverybody } from '../access/access';

const jwksSchema = z
  .object({
    keys: z
      .array(
        z.object({
          kty: z.string().meta({ example: 'OKP', description: 'The kind of the key.' }),
          crv: z.string().optional().meta({ example: 'Ed25519', description: 'Its curve.' }),
          x: z
            .string()
            .optional()
            .meta({ example: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', description: 'Its public part.' }),
          kid: z
            .string()
            .meta({ example: '0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca2', description: 'What tokens call it.' }),
          alg: z.string().meta({ example: 'EdDSA', description: 'What it signs with.' }),
          use: z.string().meta({ example: 'sig', description: 'It signs.' }),
        }),
      )
      .meta({ description: 'The newest first; tokens of each of them are accepted.' }),
  })
  .meta({ id: 'Jwks' });

@ApiTags('accounts')
@Controller('.well-known/jwks.json')
export class JwksController implements OnApplicationBootstrap {
  constructor(private readonly keys: SigningKeys) {}

  /** The first process of a new database makes the first key. */
  onApplicationBootstrap(): Promise<void> {
    return this.keys.prepare();
  }

  @Get()
  @ForEverybody()
  @Header('cache-control', 'public, max-age=300')
  @ApiOperation({
    summary: 'Public keys of access tokens',
    description: 'With these, other services can verify access tokens (RFC 7517).',
  })
  @ApiOkResponse({ standardSchema: jwksSchema })
  async read() {
    return { keys: await this.keys.publicJwks() };
  }
}
