// Everything that opens over a page, in two looks: axe finds nothing in it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { customer, enterOffice, order, product, signIn } from './actors.mjs';
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

/** Opens something, looks at it and puts it away. */
async function look(page, what, open) {
  const dialog = page.locator('dialog[open]');
  await open();
  await dialog.waitFor();
  await page.waitForFunction(() => !document.querySelector('dialog[open] .skeleton'));
  await assertAccessible(page);
  assert.equal(await dialog.count(), 1, what);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
}

for (const [lang, theme, size, name] of [['es', 'dark', PHONE, 'phone'], ['en', 'light', DESKTOP, 'desktop']]) {
  const words = wordsOf(lang);

  test(`what opens in the shop (${lang}, ${theme}, ${name})`, async (each) => {
    const maya = await customer(shop);
    const mug = await product(shop);
    const placed = await order(shop, maya, { variantId: mug.variants[0].id });
    await call(shop, 'POST', '/api/v1/cart/items', { token: maya.token, body: { variant_id: mug.variants[0].id, quantity: 1 } });
    const page = await openPage(browser, shop, { lang, theme, size });
    const opens = (what, path, open) => each.test(what, async () => {
      await page.goto(path);
      // The server writes links where the app has buttons: to the cart, and to the picture itself.
      await appOf(page);
      await page.waitForFunction(() => !document.querySelector('#app .skeleton'));
      await look(page, what, open);
      assertQuiet(page);
    });
    await signIn(page, words, maya);
    await opens('the cart', '/products', () => page.getByRole('button', { name: words.cart }).first().click());
    await opens('a picture', `/p/${best.slug}`, () => page.locator('.gallery__open').first().click());
    await opens('calling an order off', `/orders/${placed.number}`, () => page.locator('.button--danger').click());
    await opens('deleting the account', '/account/data', () => page.locator('.button--danger').click());
    if (size === PHONE) {
      await opens('the filters', '/products', () => page.locator('.listing__open').click());
      await opens('the categories', '/', () => page.locator('.bottom-bar__item[aria-haspopup=dialog]').first().click());
    }
    await page.context().close();
  });

  test(`what opens in the back office (${lang}, ${theme}, ${name})`, async (each) => {
    const maya = await customer(shop);
    const mug = await product(shop);
    const placed = await order(shop, maya, { variantId: mug.variants[0].id });
    const page = await openPage(browser, shop, { lang, theme, size });
    const opens = (what, path, open) => each.test(what, async () => {
      if (!page.url().endsWith(`/admin${path}`)) await page.goto(`/admin${path}`);
      await page.waitForFunction(() => !document.querySelector('#app .skeleton'));
      await look(page, what, open);
      assertQuiet(page);
    });
    await enterOffice(page, words, shop.admin);
    const tool = (line, number) => page.locator('.tree__line').nth(line).locator('.tree__tools button').nth(number).click();
    await opens('the palette', '/categories', () => page.keyboard.press('Control+k'));
    if (size === PHONE) await opens('the menu', '/categories', () => page.locator('.bar__menu').click());
    await opens('a new category', '/categories', () => page.locator('.page-head .button').click());
    await opens('a category', '/categories', () => tool(0, -2));
    await opens('deleting a category', '/categories', () => tool(0, -1));
    const stock = `/stock?q=${encodeURIComponent(mug.name)}`;
    await opens('a stock', stock, () => page.locator('.table__row button').nth(0).click());
    await opens('a ledger', stock, () => page.locator('.table__row button').nth(1).click());
    await opens('one change to many products', '/products', async () => {
      await page.locator('.table__row input').first().check();
      await page.locator('.bulk .button').nth(3).click();
    });
    await opens('moving an order on', `/orders/${placed.number}`, () => page.locator('.button--danger').click());
    await page.context().close();
  });
}
