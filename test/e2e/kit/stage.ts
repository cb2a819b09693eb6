/** Both sandboxes, each a process of its own. */
import { strict, type SandboxWorld } from '../../helpers/worlds.ts';
import { createBench } from '../harness.ts';
import { brightpearlAccess, type BrightpearlAccess } from './brightpearl.ts';
import { shopAccess, type ShopAccess } from './shop.ts';

/** A minute of the throttle passes in a second. */
const SPEED = '60';

export interface Stage {
	readonly shop: ShopAccess;
	readonly brightpearl: BrightpearlAccess;
	/** How Brightpearl is where the references leave it open. */
	readonly world: SandboxWorld;
	end(): Promise< void >;
}

/** Both sandboxes; several connections may be made between them. */
export async function openStage(
	world: SandboxWorld = strict
): Promise< Stage > {
	const bench = await createBench();
	const [ brightpearl, shop ] = await Promise.all(
		[ 'brightpearl', 'shop' ].map( ( kind ) =>
			bench.start( [ 'sandbox', kind, '--port', '0', '--speed', SPEED ] )
		)
	);
	const access = brightpearlAccess( brightpearl!.ready );
	await access.switches( world.switches );
	return {
		shop: shopAccess( shop!.ready ),
		brightpearl: access,
		world,
		end: () => bench.end(),
	};
}
