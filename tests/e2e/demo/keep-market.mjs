// A market maker beside a development chain: keeps the AMM near the price source until the chain is gone.
//
//     node demo/keep-market.mjs ws://127.0.0.1:9944 http://127.0.0.1:9900

import { ApiPromise, WsProvider } from '@polkadot/api';
import { blocks } from '../lib/blocks.mjs';
import { Maker } from '../lib/maker.mjs';

const [chain, prices] = process.argv.slice(2);
const api = await ApiPromise.create({ provider: new WsProvider(chain), noInitWarn: true });
const source = { truth: async () => (await fetch(`${prices}/truth`)).json() };
const maker = new Maker(api, source);
for await (const block of blocks(api)) await maker.trade(block);
