import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { TcpProxy } from './tcp-proxy';

const COMMIT = Buffer.from('Q\0\0\0\x0bCOMMIT\0');

describe('the proxy between processes and servers', () => {
  let server: Server;
  let proxy: TcpProxy;
  let received: Buffer[];
  let client: Socket;

  beforeEach(async () => {
    received = [];
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (piece) => {
        received.push(piece);
        socket.write(`answer to ${piece.length}`);
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    proxy = await TcpProxy.listen((server.address() as { port: number }).port);
    client = connect(proxy.port, '127.0.0.1');
    client.on('error', () => undefined);
    await once(client, 'connect');
  });
  afterEach(async () => {
    client.destroy();
    await proxy.close();
    await new Promise((resolve) => server.close(resolve));
  });

  const ask = async (text: string | Buffer) => {
    client.write(text);
    return String((await once(client, 'data'))[0]);
  };

  it('passes everything on, both ways', async () => {
    expect(await ask('hello')).toBe('answer to 5');
  });

  it('cuts a connection behind its COMMIT: the server has it, the client has no answer', async () => {
    expect(await ask('begin')).toBe('answer to 5');
    proxy.cutAtCommit('afterForwarding');
    client.write(COMMIT);
    await once(client, 'close');
    while (received.length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(received[1]).toEqual(COMMIT);
    expect(proxy.commitsCut).toBe(1);
  });

  it('cuts a connection in front of its COMMIT: the server never has it', async () => {
    expect(await ask('begin')).toBe('answer to 5');
    proxy.cutAtCommit('beforeForwarding');
    client.write(COMMIT.subarray(0, 8));
    client.write(COMMIT.subarray(8));
    await once(client, 'close');
    expect(Buffer.concat(received).includes('COMMIT\0')).toBe(false);
  });

  it('holds everything back while it is frozen, and loses nothing', async () => {
    expect(await ask('first')).toBe('answer to 5');
    proxy.freeze();
    client.write('frozen');
    const late = once(client, 'data');
    const early = await Promise.race([late.then(() => 'answered'), sleep(100)]);
    expect(early).toBeUndefined();
    proxy.heal();
    expect(String((await late)[0])).toBe('answer to 6');
  });

  it('refuses while it is cut, and goes to where the server is afterwards', async () => {
    proxy.cut({ refuse: true });
    await once(client, 'close');
    const refused = connect(proxy.port, '127.0.0.1').on('error', () => undefined);
    await once(refused, 'close');
    proxy.heal();
    client = connect(proxy.port, '127.0.0.1');
    expect(await ask('again')).toBe('answer to 5');
  });
});
