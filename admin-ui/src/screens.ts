/** Every screen of the console: what it is called, where it exists, how it is loaded. */
import { __ } from '@wordpress/i18n';
import type { ComponentType } from 'react';
import type { RouteQuery } from './router/route.ts';

/** What a screen is given. */
export interface ScreenProps {
	/** Null = all connections (only where `scope` allows it). */
	readonly connection: string | null;
	/** What stands in the address after the connection. */
	readonly rest: readonly string[];
	readonly query: RouteQuery;
}

/** Of screens whose scope is `one`. */
export interface ConnectionScreenProps extends ScreenProps {
	readonly connection: string;
}

interface Common {
	readonly name: string;
	readonly label: () => string;
}

/** `all`: of one connection or of all; `one`: of one; `none`: of the console itself. */
export type ScreenDefinition = Common &
	(
		| {
				readonly scope: 'all' | 'none';
				readonly load: () => Promise< {
					default: ComponentType< ScreenProps >;
				} >;
		  }
		| {
				readonly scope: 'one';
				readonly load: () => Promise< {
					default: ComponentType< ConnectionScreenProps >;
				} >;
		  }
	);

/**
 * Several connections exist only where a person may see them all; a shop is paired from its own
 * wp-admin. Within the condition, so that a host does not bring the other one's screen along.
 */
const OWN: ScreenDefinition =
	__HOST__ === 'sidecar'
		? {
				name: 'connections',
				label: () => __( 'Connections', 'pearlbridge' ),
				scope: 'none',
				load: () => import( './screens/connections/index.tsx' ),
			}
		: {
				name: 'pairing',
				label: () => __( 'Pairing', 'pearlbridge' ),
				scope: 'none',
				load: () => import( './screens/pairing/index.tsx' ),
			};

/** In the order of the navigation; the first is where one arrives. */
export const SCREENS: readonly ScreenDefinition[] = [
	{
		name: 'overview',
		label: () => __( 'Overview', 'pearlbridge' ),
		scope: 'all',
		load: () => import( './screens/overview/index.tsx' ),
	},
	{
		name: 'orders',
		label: () => __( 'Orders', 'pearlbridge' ),
		scope: 'one',
		load: () => import( './screens/orders/index.tsx' ),
	},
	{
		name: 'stock',
		label: () => __( 'Stock', 'pearlbridge' ),
		scope: 'one',
		load: () => import( './screens/stock/index.tsx' ),
	},
	{
		name: 'problems',
		label: () => __( 'Problems', 'pearlbridge' ),
		scope: 'all',
		load: () => import( './screens/problems/index.tsx' ),
	},
	{
		name: 'readiness',
		label: () => __( 'Readiness', 'pearlbridge' ),
		scope: 'one',
		load: () => import( './screens/readiness/index.tsx' ),
	},
	{
		name: 'settings',
		label: () => __( 'Settings', 'pearlbridge' ),
		scope: 'one',
		load: () => import( './screens/settings/index.tsx' ),
	},
	OWN,
];
