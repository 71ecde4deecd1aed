// The cart: what is taken out can be put back, here and after a reload.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { customer, order, product } from './actors.mjs';
import { DESKTOP, PHONE, assertAccessible, assertQuiet, holding, openBrowser, openPage } from './browser.mjs';
import { startShop } from './shop.mjs';
import { wordsOf } from './words.mjs';

let shop;
let browser;
before(async () => { [shop, browser] = await Promise.all([startShop(), openBrowser()]); });
after(async () => { await browser?.close(); await shop?.remove(); });

for (const [lang, theme, size, name] of [['en', 'light', PHONE, 'phone'], ['es', 'dark', DESKTOP, 'desktop']]) {
  test(`what is taken out of the cart can be put back (${lang}, ${theme}, ${name})`, async () => {
    const words = wordsOf(lang);
    const [mug, bowl] = [await product(shop), await product(shop)];
    const page = await openPage(browser, shop, { lang, theme, size });
    for (const thing of [mug, bowl]) {
      await page.goto(`/p/${thing.slug}`);
      await page.getByRole('button', { name: words.addToCart }).first().click();
      await page.getByRole('dialog').getByText(thing.name).first().waitFor();
    }
    await page.goto('/cart');
    const main = page.getByRole('main');
    const line = (thing) => main.locator('.cart-lines').getByText(thing.name);
    const fields = main.locator('.cart-lines input');
    await line(mug).first().waitFor();
    // The quantity is on its way while the line is taken out, and the removal while it is wanted back: none may overtake another.
    const letGo = await holding(page, '**/api/v1/cart/items/*', 'PATCH');
    await fields.first().fill('3');
    await fields.first().blur();
    await page.waitForFunction(() => /72/.test(document.querySelector('main')?.textContent ?? ''));
    await main.getByRole('button', { name: words.takeOut(mug.name) }).click();
    await line(mug).first().waitFor({ state: 'detached' });
    await assertAccessible(page);
    await main.getByRole('button', { name: words.undo }).click();
    letGo();
    await line(mug).first().waitFor();
    // As many as there were, and so it stays.
    await page.reload();
    await line(mug).first().waitFor();
    const counts = await fields.evaluateAll((all) => all.map((field) => field.value).sort());
    assert.deepEqual(counts, ['1', '3']);
    assertQuiet(page);
    await page.context().close();
  });
}

test('what cannot be put back any more leaves the cart as the shop has it', async () => {
  const words = wordsOf('en');
  const [mug, ben] = [await product(shop, { stock: 1 }), await customer(shop)];
  const page = await openPage(browser, shop, { size: PHONE });
  await page.goto(`/p/${mug.slug}`);
  await page.getByRole('button', { name: words.addToCart }).first().click();
  await page.getByRole('dialog').getByText(mug.name).first().waitFor();
  await page.goto('/cart');
  const main = page.getByRole('main');
  const letGo = await holding(page, '**/api/v1/cart/items/*', 'DELETE');
  await main.getByRole('button', { name: words.takeOut(mug.name) }).click();
  await order(shop, ben, { variantId: mug.variants[0].id });
  await main.getByRole('button', { name: words.undo }).click();
  letGo();
  await main.getByText(words.emptyCart).first().waitFor();
  assertQuiet(page, /409/);
  await page.context().close();
});
