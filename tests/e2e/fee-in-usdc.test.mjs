// Who has no native tokens pays the fee in another asset.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alice, fresh } from './lib/accounts.mjs';
import { BTC, USDC, toNumber, units } from './lib/amounts.mjs';
import { stageFor } from './lib/stage.mjs';
import { send, sendAll } from './lib/tx.mjs';

const on = stageFor({ keeper: false });

for (const asset of [USDC, BTC]) {
	test(`a fee is paid in ${asset.symbol}, and no native token leaves`, async () => {
		const { stage, stage: { api } } = on;
		const who = fresh();
		const amount = units(asset, 1);
		const least = api.consts.balances.existentialDeposit.toBigInt();
		await sendAll(api, alice, [
			api.tx.balances.transferKeepAlive(who.address, least),
			api.tx.assets.transfer(asset.id, who.address, amount),
		]);
		await send(api, who, api.tx.system.remark('0x00'), { assetId: asset.id });
		const paid = amount - (await stage.wallet(who, asset));
		assert.ok(paid > 0n && toNumber(paid, asset.decimals) < 0.01, `${paid} units were paid`);
		const { data } = await api.query.system.account(who.address);
		assert.equal(data.free.toBigInt(), least);
	});
}
