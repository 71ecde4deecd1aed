// The real shop for a test: the built program with its own folder and ports, gone afterwards.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const program = resolve(root, process.env.NOVASHOP ?? 'target/debug/novashop');

const given = new Set();

/** A port that nothing listens on, and that was not given out before. */
export async function freePort() {
  for (;;) {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    server.close();
    if (given.has(port)) continue;
    given.add(port);
    return port;
  }
}

/**
 * Starts the shop with its demo catalogue; `url` is the app, `api` the API. `apart`: the app is a process of its own, which stays while
 * `shop.end()` ends the API.
 */
export async function startShop({ apart = false } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'novashop-e2e-'));
  const [web, api] = [await freePort(), await freePort()];
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    DATA_DIR: join(folder, 'data'),
    WEB_ADDR: `127.0.0.1:${web}`,
    API_ADDR: `127.0.0.1:${api}`,
    METRICS_ADDR: 'none',
    RATE_LIMITS: 'off',
    PUBLIC_URL: `http://localhost:${web}`,
    WEB_FILES: resolve(root, 'frontend/dist'),
  };
  const shop = { url: `http://localhost:${web}`, api: `http://127.0.0.1:${api}`, out: '', child: null };

  const run = (own, ...words) => {
    const child = spawn(program, ['serve', ...words], { env: { ...env, ...own }, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (shop.out += data));
    return child;
  };
  const end = async (child) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  };
  const window = apart ? run({ API_URL: shop.api }, '--role', 'web') : null;
  shop.start = async () => {
    const child = run({}, '--demo', ...(apart ? ['--role', 'api,worker'] : []));
    shop.child = child;
    for (let attempt = 0; attempt < 600; attempt += 1) {
      if (child.exitCode !== null) throw new Error(`the shop ended:\n${shop.out}`);
      const ready = await fetch(`${shop.url}/healthz`).then((answer) => answer.ok, () => false)
        && await fetch(`${shop.api}/readyz`).then((answer) => answer.ok, () => false);
      if (ready) return;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error(`the shop did not start:\n${shop.out}`);
  };
  shop.end = () => end(shop.child);
  shop.remove = async () => {
    await Promise.all([shop.end(), end(window)]);
    await rm(folder, { recursive: true, force: true });
  };

  await shop.start();
  // Printed once, to the person who opens the shop: see `accounts::first_admin`.
  const [, login, password] = /Staff login\s+(\S+) \/ (\S+)/.exec(shop.out) ?? [];
  shop.admin = { login, password };
  return shop;
}

/** A request to the API, by itself or as somebody; throws where it is refused. */
export async function call(shop, method, path, { body, token, headers = {} } = {}) {
  const answer = await fetch(`${shop.api}${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : null;
}

/** An access token. */
export async function tokenOf(shop, { login, password }) {
  return (await call(shop, 'POST', '/api/v1/auth/login', { body: { login, password } })).access_token;
}
