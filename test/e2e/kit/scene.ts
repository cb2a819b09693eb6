/** A connection between the sandboxes of a stage, its data dir, its service, its command line. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Order } from '../../../src/contracts/answers.ts';
import type { Problem } from '../../../src/contracts/problem.ts';
import {
	createBench,
	eventually,
	writeConnection,
	type CliResult,
	type Started,
} from '../harness.ts';
import { connectionFile } from './connection-file.ts';
import type { Scene, SceneOptions } from './scene-port.ts';
import { createSecrets, type Said } from './secrets.ts';
import { send } from './send.ts';
import { CONNECTION, PREFIX } from './settings.ts';
import type { Stage } from './stage.ts';

export async function openScene(
	stage: Stage,
	options: SceneOptions = {}
): Promise< Scene > {
	const { shop, brightpearl } = stage;
	const account = brightpearl.account( options.account ?? 'sandbox-gb' );
	const bench = await createBench( {
		env: { PEARLBRIDGE_LOG: options.log ?? 'debug' },
	} );
	const said: Said[] = [];
	let file = connectionFile( shop, account, {
		publicClient: stage.world.switches.oauthClient === 'public',
		...options,
	} );
	const { refPrefix = PREFIX } = ( file.settings[ 'orders' ] ?? {} ) as {
		refPrefix?: string;
	};
	let service: Started | null = null;
	let token = '';
	let made = false;
	const hooks = new Map< string, number >();
	const secrets = createSecrets();

	async function add(): Promise< CliResult > {
		secrets.keep( file );
		const path = await writeConnection( bench.dataDir, file );
		return scene.cli(
			'connection',
			'add',
			'--file',
			path,
			...( made ? [ '--replace' ] : [] )
		);
	}

	async function operation< T >(
		name: string,
		input: Readonly< Record< string, unknown > > = {}
	): Promise< T > {
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
	}

	const scene: Scene = {
		...stage,
		bench,
		account,
		get file() {
			return file;
		},
		async cli( ...args ) {
			const result = await bench.cli( args );
			said.push( {
				what: args.join( ' ' ),
				text: () => result.stdout + result.stderr,
			} );
			return result;
		},
		async must( exit, ...args ) {
			const { code, json: answer, stderr } = await scene.cli( ...args );
			if ( code !== exit ) {
				throw new Error(
					`${ args.join( ' ' ) } ended with ${ code }, not ${ exit }: ${ JSON.stringify( answer )?.slice( 0, 3000 ) } ${ stderr.slice( -2000 ) }`
				);
			}
			return answer as never;
		},
		replace( change ) {
			file = change( file );
			return add();
		},
		async serve( port = 0 ) {
			const started = await bench.start( [
				'serve',
				'--port',
				String( port ),
			] );
			service = started;
			said.push( {
				what: 'serve',
				text: () => started.stderr() + JSON.stringify( started.lines ),
			} );
			token = (
				JSON.parse(
					await readFile(
						join( bench.dataDir, 'service.json' ),
						'utf8'
					)
				) as {
					token: string;
				}
			 ).token;
			secrets.add( 'service token', token );
			return started;
		},
		async stop( signal ) {
			await service?.stop( signal );
			service = null;
		},
		async webhooks() {
			const delivery_url = `${ service!.ready.url }/webhooks/woocommerce/${ CONNECTION }`;
			for ( const event of [
				'created',
				'updated',
				'deleted',
				'restored',
			] ) {
				const topic = `order.${ event }`;
				const known = hooks.get( topic );
				const { id } = await shop.rest< { id: number } >(
					known === undefined ? 'POST' : 'PUT',
					known === undefined ? 'webhooks' : `webhooks/${ known }`,
					{
						topic,
						delivery_url,
						status: 'active',
						secret: shop.webhookSecret,
					}
				);
				hooks.set( topic, id );
			}
		},
		operation,
		async orderOf( orderId ) {
			const found = await operation< Order | { error: unknown } >(
				'ordersShow',
				{ orderId }
			);
			return 'error' in found ? null : found;
		},
		async order( orderId, state, patience ) {
			let last: Order | null = null;
			return eventually(
				`order ${ orderId } is ${ state }`,
				async () => {
					last = await scene.orderOf( orderId );
					return last?.state === state ? last : null;
				},
				patience
			).catch( ( error: unknown ) => {
				throw new Error(
					`${ String( error ) }; it is ${ JSON.stringify( last, null, 1 ) }`
				);
			} );
		},
		problems: async () =>
			( await operation< { items: Problem[] } >( 'problemsList' ) ).items,
		status: () => operation( 'status' ),
		orders: () => operation( 'ordersList', { limit: 1000 } ),
		state: () => brightpearl.state( account.account ),
		async soldOrder( orderId, state ) {
			const { orders } = state ?? ( await scene.state() );
			const ours = orders.filter(
				( order ) => order.externalRef === `${ refPrefix }-${ orderId }`
			);
			if ( ours.length !== 1 ) {
				throw new Error(
					`Brightpearl has ${ ours.length } sales orders for ${ orderId }.`
				);
			}
			return ours[ 0 ]!;
		},
		async onHand( sku ) {
			const [ product ] = await brightpearl.control<
				{ warehouses: Record< string, { onHand: number } > }[]
			>(
				`state?account=${ account.account }&sku=${ encodeURIComponent( sku ) }`
			);
			return product?.warehouses[ '2' ]?.onHand ?? 0;
		},
		async changeStock( sku, how ) {
			await brightpearl.control( 'stock', {
				account: account.account,
				sku,
				...how,
			} );
		},
		leaks: () => secrets.leaks( bench.dataDir, said, shop.url ),
		async end() {
			await bench.end();
		},
	};
	const added = await add();
	if ( added.code !== 0 ) {
		throw new Error( `The connection was refused: ${ added.stdout }` );
	}
	made = true;
	return scene;
}
