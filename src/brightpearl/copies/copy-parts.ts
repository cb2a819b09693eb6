/** What our copies of Brightpearl's lists are made of, and where they are kept. */
import type {
	BundleCache,
	Cache,
	ContactCache,
	ProductCache,
} from '../../contracts/database.ts';
import type { Meter } from '../../contracts/meter.ts';
import type { Clock, Logger } from '../../contracts/world.ts';
import type { Lane } from '../api.ts';
import type { Ask } from '../transport/call.ts';

/** Where copies are kept. */
export interface CopyStores {
	readonly contacts: ContactCache;
	readonly products: ProductCache;
	readonly bundles: BundleCache;
}

export interface CopyParts {
	readonly account: string;
	readonly cache: Cache;
	readonly clock: Clock;
	readonly logger: Logger;
	readonly meter: Meter;
	/** Requests nobody's run is charged with. */
	readonly askIn: ( lane: Lane ) => Ask;
	/** Requests a minute. */
	readonly limit: () => number;
	/** Orders that are worked on. */
	readonly company: () => number;
}
