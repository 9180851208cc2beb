import { expect, it } from 'vitest';
import { nameOfRemote } from '../../src/adapters/local/remote-name.ts';

it.each([
  ['https://github.com/acme/shop.git', 'acme/shop'],
  ['https://github.com/acme/shop', 'acme/shop'],
  ['https://github.com/acme/shop/', 'acme/shop'],
  ['https://user:token@ghe.example.org:8443/acme/shop.js.git', 'acme/shop.js'],
  ['git@github.com:acme/shop.git', 'acme/shop'],
  ['ssh://git@github.com:22/acme/shop.git', 'acme/shop'],
  ['github.example.org:acme/shop', 'acme/shop'],
  ['https://gitlab.example.org/group/sub/shop.git', 'sub/shop'],
  ['/srv/git/acme/shop.git', undefined],
  ['file:///srv/git/acme/shop.git', undefined],
  ['../shop', undefined],
  ['C:/git/acme/shop', undefined],
  ['https://github.com/shop', undefined],
  ['https://github.com/acme/..', undefined],
  ['https://github.com/acme/$(id)', undefined],
  ['', undefined],
])('reads the name in %j as %j', (url, name) => {
  expect(nameOfRemote(url)).toBe(name);
});
