/** Both sandboxes, each a process of its own. */
import { createBench } from '../harness.ts';
import { brightpearlAccess, type BrightpearlAccess } from './brightpearl.ts';
import { shopAccess, type ShopAccess } from './shop.ts';

/** A minute of the throttle passes in a second. */
const SPEED = '60';

export interface Stage {
	readonly shop: ShopAccess;
	readonly brightpearl: BrightpearlAccess;
	end(): Promise< void >;
}

/** Both sandboxes; several connections may be made between them. */
export async function openStage(): Promise< Stage > {
	const bench = await createBench();
	const [ brightpearl, shop ] = await Promise.all(
		[ 'brightpearl', 'shop' ].map( ( kind ) =>
			bench.start( [ 'sandbox', kind, '--port', '0', '--speed', SPEED ] )
		)
	);
	return {
		shop: shopAccess( shop!.ready ),
		brightpearl: brightpearlAccess( brightpearl!.ready ),
		end: () => bench.end(),
	};
}
