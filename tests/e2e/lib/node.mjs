// The node, started as a development chain, and a polkadot.js connection to it.

import { ApiPromise, WsProvider } from '@polkadot/api';
import { Child } from './child.mjs';
import { NODE } from './places.mjs';

/** A running development node. */
export class Node {
	/**
	 * @param {object} options
	 * @param {string[]} options.sources addresses of the operators' price sources, one each
	 * @param {boolean} options.keeper whether its offchain worker sends liquidations
	 * @param {string[]} options.args more arguments
	 */
	static async start({ sources = [], keeper = true, args = [] } = {}) {
		const flags = ['--dev', '--tmp', '--rpc-port', '0', '--port', '0', '--no-prometheus', '--no-telemetry'];
		sources.forEach(source => flags.push('--price-source', source));
		if (!keeper) flags.push('--no-keeper');
		const ready = /Running JSON-RPC server: addr=127\.0\.0\.1:(\d+)/;
		const { child, match } = await Child.start('margin-node', NODE, [...flags, ...args], ready, 120);
		const provider = new WsProvider(`ws://127.0.0.1:${match[1]}`, 500);
		try {
			return new Node(child, await ApiPromise.create({ provider, noInitWarn: true, throwOnConnect: true }));
		} catch (error) {
			await child.stop();
			throw error;
		}
	}

	constructor(child, api) {
		this.child = child;
		this.api = api;
	}

	async stop() {
		await this.api.disconnect();
		await this.child.stop();
	}
}
