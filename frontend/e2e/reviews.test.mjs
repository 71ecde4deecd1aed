// Reviews: whoever comes back finds the own vote and the own review again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { adminToken, customer, product, signIn } from './actors.mjs';
import { DESKTOP, PHONE, assertAccessible, assertQuiet, openBrowser, openPage } from './browser.mjs';
import { call, startShop } from './shop.mjs';
import { wordsOf } from './words.mjs';

let shop;
let browser;
before(async () => { [shop, browser] = await Promise.all([startShop(), openBrowser()]); });
after(async () => { await browser?.close(); await shop?.remove(); });

const review = (person, product, body) => call(shop, 'POST', `/api/v1/products/${product.id}/reviews`, { token: person.token, body });
const own = (person, product) => call(shop, 'GET', `/api/v1/products/${product.id}/reviews/own`, { token: person.token });

test('her vote is hers when she comes back, and is counted once', async () => {
  const words = wordsOf('en');
  const mug = await product(shop);
  const [maya, ben] = [await customer(shop), await customer(shop)];
  const { id } = await review(ben, mug, { rating: 4, title: 'Solid', text: 'It holds coffee.' });
  const page = await openPage(browser, shop, { size: DESKTOP });
  await signIn(page, words, maya);
  await page.goto(`/p/${mug.slug}`);
  const button = (name, pressed) => page.getByRole('button', { name, exact: true, pressed });
  // The button turns at once, the shop answers a moment later.
  const answered = (method) => page.waitForResponse((answer) => answer.url().endsWith('/helpful') && answer.request().method() === method);
  // Until it is known who is there, the vote leads to the sign-in.
  await page.getByRole('button', { name: words.writeReview }).waitFor();
  await Promise.all([answered('PUT'), button(words.helpful, false).click()]);
  await button(`${words.helpful} (1)`, true).waitFor();
  // Another order is another list: it counts her vote already.
  const listed = page.waitForResponse((answer) => answer.url().includes('sort=lowest'));
  await page.locator('.reviews select').selectOption('lowest');
  await listed;
  await button(`${words.helpful} (1)`, true).waitFor();
  assert.deepEqual((await own(maya, mug)).helpful, [id]);
  await page.reload();
  await Promise.all([answered('DELETE'), button(`${words.helpful} (1)`, true).click()]);
  await button(words.helpful, false).waitFor();
  assert.deepEqual((await own(maya, mug)).helpful, []);
  assertQuiet(page);
  await page.context().close();
});

test('who has reviewed a product opens that review, also where the shop hid it', async () => {
  const words = wordsOf('es');
  const mug = await product(shop);
  const maya = await customer(shop);
  const { id } = await review(maya, mug, { rating: 2, title: 'Pequeña', text: 'Cabe poco.' });
  await call(shop, 'PATCH', `/api/v1/reviews/${id}`, { token: await adminToken(shop), body: { hidden: true } });
  const page = await openPage(browser, shop, { lang: 'es', size: PHONE, theme: 'dark' });
  await signIn(page, words, maya);
  await page.goto(`/p/${mug.slug}`);
  await page.getByRole('button', { name: words.editReview }).click();
  await page.getByText(words.onlyYouSeeIt).waitFor();
  assert.equal(await page.getByLabel(words.headline).inputValue(), 'Pequeña');
  await assertAccessible(page);
  await page.getByLabel(words.tellFriend).fill('Cabe poco, pero es bonita.');
  await page.getByRole('dialog').getByRole('button', { name: words.save, exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  const { review: kept } = await own(maya, mug);
  assert.deepEqual([kept.id, kept.rating, kept.text, kept.hidden], [id, 2, 'Cabe poco, pero es bonita.', true]);
  assertQuiet(page);
  await page.context().close();
});
