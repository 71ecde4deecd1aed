// Every page in both languages, both themes and both sizes: axe finds nothing, the console is quiet, one heading leads; and what the server
// wrote is what the app shows in its place.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { customer, order, product, signIn } from './actors.mjs';
import { DESKTOP, PHONE, appOf, assertAccessible, assertQuiet, openBrowser, openPage } from './browser.mjs';
import { call, startShop } from './shop.mjs';
import { wordsOf } from './words.mjs';

let shop;
let browser;
let best;
before(async () => {
  [shop, browser] = await Promise.all([startShop(), openBrowser()]);
  best = (await call(shop, 'GET', '/api/v1/products?sort=rating&limit=1')).items[0];
});
after(async () => { await browser?.close(); await shop?.remove(); });

const LOOKS = [['en', 'light', PHONE, 'phone'], ['en', 'dark', DESKTOP, 'desktop'], ['es', 'dark', PHONE, 'phone'], ['es', 'light', DESKTOP, 'desktop']];

async function look(page, path, ...expected) {
  page.complaints.length = 0;
  await page.goto(path, { waitUntil: 'load' });
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  // It is the app's page that is looked at.
  if (!/^\/(admin|checkout)/.test(path)) await appOf(page);
  // What is still being fetched shows skeletons; and the server's page makes room for the app's: for a moment there is nothing.
  await page.waitForFunction(() => document.querySelectorAll('h1').length === 1 && !document.querySelector('#app .skeleton'), null, { timeout: 15_000 }).catch(() => {});
  assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1, `${path} has one main heading`);
  assert.equal(await page.locator('#app .skeleton').count(), 0, `${path} shows what it fetched`);
  await assertAccessible(page);
  assertQuiet(page, ...expected);
}

for (const [lang, theme, size, name] of LOOKS) {
  test(`what everybody sees (${lang}, ${theme}, ${name})`, async (each) => {
    const page = await openPage(browser, shop, { lang, theme, size });
    for (const path of ['/', '/products', `/c/${best.category.slug}`, '/search?q=mug', '/search?q=zzzzzz', `/p/${best.slug}`, '/cart', '/login', '/register', '/password/forgot', '/email/verify', '/offline']) {
      await each.test(path, () => look(page, path));
    }
    await each.test('/nowhere', () => look(page, '/nowhere', /404/));
    const hers = await order(shop, await customer(shop), { variantId: (await product(shop)).variants[0].id });
    await each.test("somebody else's order", () => look(page, `/orders/${hers.number}`, /40[14]/));
    await page.context().close();
  });

  test(`what a customer sees (${lang}, ${theme}, ${name})`, async (each) => {
    const maya = await customer(shop);
    const mug = await product(shop);
    const variantId = mug.variants[0].id;
    const placed = await order(shop, maya, { variantId });
    await call(shop, 'PUT', `/api/v1/wishlist/${best.id}`, { token: maya.token });
    await call(shop, 'POST', '/api/v1/cart/items', { token: maya.token, body: { variant_id: variantId, quantity: 1 } });
    const page = await openPage(browser, shop, { lang, theme, size });
    await signIn(page, wordsOf(lang), maya);
    for (const path of ['/account', '/account/orders', '/account/wishlist', '/account/sessions', '/account/password', '/account/data', `/orders/${placed.number}`, '/cart', '/checkout']) {
      await each.test(path, () => look(page, path));
    }
    await page.context().close();
  });
}

/** What a page says first, and how far down it says it. */
async function told(page) {
  const first = async (selector, read) => {
    const found = page.locator(`#content ${selector}`).first();
    return (await found.count()) ? read(found) : null;
  };
  const text = (selector) => first(selector, async (found) => (await found.textContent()).replace(/\s+/g, ' ').trim());
  const top = (selector) => first(selector, async (found) => Math.round((await found.boundingBox()).y));
  return {
    chips: await page.locator('#content .chip').allInnerTexts(), title: await page.title(), heading: await text('h1'), price: await text('.price'), stock: await text('.stock'),
    headingAt: await top('h1'), pictureAt: await top('img'), priceAt: await top('.price'),
  };
}

for (const lang of ['en', 'es']) {
  for (const [size, name] of [[PHONE, 'phone'], [DESKTOP, 'desktop']]) {
    test(`the app says what the server wrote, in its place (${lang}, ${name})`, async (each) => {
      const app = await openPage(browser, shop, { lang, size });
      const plain = await browser.newContext({ viewport: size, baseURL: shop.url, javaScriptEnabled: false, reducedMotion: 'reduce' });
      await plain.addCookies([{ name: 'lang', value: lang, url: shop.url }, { name: 'theme', value: 'light', url: shop.url }]);
      const written = await plain.newPage();
      for (const path of ['/', `/c/${best.category.slug}`, '/products?in_stock=true&min_price=1000&max_price=4000&min_rating=3', '/search?q=mug', '/search', `/p/${best.slug}`]) {
        await each.test(path, async () => {
          await Promise.all([app.goto(path, { waitUntil: 'load' }), written.goto(path, { waitUntil: 'load' })]);
          await appOf(app);
          await app.waitForFunction(() => document.querySelectorAll('h1').length === 1 && !document.querySelector('#app .skeleton'));
          assert.deepEqual(await told(written), await told(app));
        });
      }
      await Promise.all([plain.close(), app.context().close()]);
    });
  }
}

test('the shop has an icon for every place that asks for one', async () => {
  const address = /rel="apple-touch-icon" href="([^"]+)"/.exec(await fetch(shop.url).then((answer) => answer.text()))?.[1];
  const { icons } = await fetch(`${shop.url}/manifest.webmanifest`).then((answer) => answer.json());
  assert.deepEqual(icons.map(({ sizes, purpose }) => `${sizes} ${purpose}`).sort(), ['192x192 any', '512x512 maskable', 'any any']);
  for (const path of [address, ...icons.map(({ src }) => src)]) {
    const answer = await fetch(new URL(path, shop.url));
    assert.deepEqual([answer.status, answer.headers.get('content-type').split('/')[0]], [200, 'image'], path);
  }
});
