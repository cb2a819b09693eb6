/** The readiness report in words. */
import { __ } from '@wordpress/i18n';
import type { MappingItem } from '../../../../src/contracts/answers.ts';
import type { Label } from '../../components/labels.ts';
import type { CoverageName, Kind } from './report.ts';

export function kindName( kind: Kind ): string {
	switch ( kind ) {
		case 'sku':
			return __( 'Products', 'pearlbridge' );
		case 'status':
			return __( 'Order statuses', 'pearlbridge' );
		case 'payment':
			return __( 'Payment methods', 'pearlbridge' );
		case 'shipping':
			return __( 'Shipping methods', 'pearlbridge' );
		case 'tax':
			return __( 'Taxes', 'pearlbridge' );
		case 'currency':
			return __( 'Currencies', 'pearlbridge' );
		case 'setting':
			return __( 'Settings', 'pearlbridge' );
	}
}

/** Where the whole kind is set; null = not in the settings. */
export function fieldOfKind( kind: Kind ): string | null {
	switch ( kind ) {
		case 'sku':
			return 'orders.missingSku';
		case 'status':
			return 'orders.status';
		case 'payment':
			return 'orders.payments';
		case 'shipping':
			return 'orders.shipping';
		case 'tax':
			return 'orders.tax';
		case 'currency':
		case 'setting':
			return null;
	}
}

export function levelLabel( level: MappingItem[ 'level' ] ): Label {
	switch ( level ) {
		case 'ok':
			return { text: __( 'Fine', 'pearlbridge' ), tone: 'success' };
		case 'warning':
			return {
				text: __( 'Worth a look', 'pearlbridge' ),
				tone: 'warning',
			};
		case 'error':
			return { text: __( 'Stops orders', 'pearlbridge' ), tone: 'error' };
	}
}

export function coverageName( name: CoverageName ): string {
	switch ( name ) {
		case 'matched':
			return __( 'Same SKU on both sides', 'pearlbridge' );
		case 'aliased':
			return __( 'Found by an alias', 'pearlbridge' );
		case 'similar':
			return __( 'Differ by capitals or spaces', 'pearlbridge' );
		case 'parentOnly':
			return __( 'SKU only on the parent', 'pearlbridge' );
		case 'duplicate':
			return __( 'SKU used more than once', 'pearlbridge' );
		case 'empty':
			return __( 'No SKU in the shop', 'pearlbridge' );
		case 'missing':
			return __( 'Not in Brightpearl', 'pearlbridge' );
	}
}
