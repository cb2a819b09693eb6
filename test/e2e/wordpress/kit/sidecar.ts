/** The sidecar (a real `serve`) and the Brightpearl sandbox, and what an operator does there. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Order } from '../../../../src/contracts/answers.ts';
import { createBench, eventually, type Started } from '../../harness.ts';
import {
	brightpearlAccess,
	type BrightpearlAccess,
} from '../../kit/brightpearl.ts';
import { send } from '../../kit/send.ts';
import { openGate, type Gate } from './gate.ts';

export interface Sidecar {
	readonly brightpearl: BrightpearlAccess;
	/** In front of the service; the plugin knows this address only. */
	readonly gate: Gate;
	readonly url: string;
	/** Starts the service; it is behind the same address each time. */
	serve(): Promise< Started >;
	stop( signal?: NodeJS.Signals ): Promise< void >;
	/** `pearlbridge pair`. */
	code( connection?: string ): Promise< string >;
	/** Any operation of the service, as the command line asks it. */
	operation< T >(
		name: string,
		input?: Readonly< Record< string, unknown > >
	): Promise< T >;
	/** Waits until the connection's order is in this state. */
	order(
		connection: string,
		orderId: number,
		state?: string,
		patience?: number
	): Promise< Order >;
	/** Everything the service has logged. */
	log(): string;
	end(): Promise< void >;
}

export async function openSidecar(): Promise< Sidecar > {
	const bench = await createBench( {
		env: { PEARLBRIDGE_LOG: 'info' },
	} );
	const gate = await openGate();
	const brightpearl = brightpearlAccess(
		(
			await bench.start( [
				...[ 'sandbox', 'brightpearl', '--port', '0' ],
				// A minute of the throttle passes in a second.
				...[ '--speed', '60' ],
			] )
		).ready
	);
	let service: Started | null = null;
	let token = '';
	let logged = '';
	const sidecar: Sidecar = {
		brightpearl,
		gate,
		url: gate.url,
		async serve() {
			const started = await bench.serve();
			service = started;
			const { token: fresh } = JSON.parse(
				await readFile( join( bench.dataDir, 'service.json' ), 'utf8' )
			) as { token: string };
			token = fresh;
			gate.leadTo( Number( new URL( started.ready.url ).port ) );
			return started;
		},
		async stop( signal ) {
			logged += service?.stderr() ?? '';
			await service?.stop( signal );
			service = null;
		},
		async code( connection ) {
			const { code, json, stderr } = await bench.cli( [
				'pair',
				...( connection === undefined
					? []
					: [ '--connection', connection ] ),
			] );
			if ( code !== 0 ) {
				throw new Error( `pair ended with ${ code }: ${ stderr }` );
			}
			return ( json as { code: string } ).code;
		},
		async operation< T >(
			name: string,
			input: Readonly< Record< string, unknown > > = {}
		) {
			if ( service === null ) {
				throw new Error( `${ name } needs the service.` );
			}
			const { body } = await send< { body: T } >(
				'POST',
				`${ service.ready.url }/v1/operations/${ name }`,
				{ input, timeout: 60_000 },
				{ authorization: `Bearer ${ token }` }
			);
			return body;
		},
		async order( connection, orderId, state = 'synced', patience ) {
			let last: unknown = null;
			return eventually(
				`order ${ orderId } is ${ state }`,
				async () => {
					const found = await sidecar.operation< Order >(
						'ordersShow',
						{ connection, orderId }
					);
					last = found;
					return found.state === state ? found : null;
				},
				patience
			).catch( ( error: unknown ) => {
				throw new Error(
					`${ String( error ) }; it is ${ JSON.stringify( last ) }`
				);
			} );
		},
		log: () => logged + ( service?.stderr() ?? '' ),
		async end() {
			await gate.end();
			await bench.end();
		},
	};
	return sidecar;
}
