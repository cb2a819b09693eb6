import { __, _n, sprintf } from '@wordpress/i18n';
import { Facts, Panel, Time, formatNumber } from '../../components/index.ts';
import { CopyButton } from './copy-button.tsx';
import { addressText, readPlanned } from './planned-order.ts';
import type { PlannedOrder } from './planned-order.ts';
import { PlannedRows } from './planned-rows.tsx';
import type { Totals } from './planned-rows.tsx';

export function PlannedOrderPanel( {
	body,
	totals,
	exists,
}: {
	readonly body: Readonly< Record< string, unknown > >;
	readonly totals: Totals;
	/** The sales order there is already: then this is what it is compared with. */
	readonly exists: number | null;
} ) {
	const planned = readPlanned( body );
	const raw = JSON.stringify( body, null, 2 );
	return (
		<>
			{ planned !== null && (
				<>
					<Panel
						title={
							exists === null
								? __( 'The sales order', 'pearlbridge' )
								: sprintf(
										/* translators: %s: id of a sales order */
										__(
											'Sales order %s, as it should be',
											'pearlbridge'
										),
										String( exists )
									)
						}
					>
						<Head planned={ planned } />
					</Panel>
					<Panel
						title={ sprintf(
							/* translators: %s: number of rows */
							_n(
								'%s row',
								'%s rows',
								planned.rows.length,
								'pearlbridge'
							),
							formatNumber( planned.rows.length )
						) }
						flush
					>
						<PlannedRows planned={ planned } totals={ totals } />
					</Panel>
				</>
			) }
			<Panel
				title={ __( 'The exact request', 'pearlbridge' ) }
				actions={ <CopyButton text={ raw } /> }
			>
				<details className="pb-raw">
					<summary>{ __( 'Show the JSON', 'pearlbridge' ) }</summary>
					{ /* Scrollable, so it must be reachable by keyboard. */ }
					<pre
						tabIndex={ 0 }
						role="region"
						aria-label={ __( 'JSON', 'pearlbridge' ) }
					>
						{ raw }
					</pre>
				</details>
			</Panel>
		</>
	);
}

function Head( { planned }: { readonly planned: PlannedOrder } ) {
	const { customer, delivery } = planned;
	const id = ( value: number | undefined ) =>
		value === undefined
			? __( 'the account’s default', 'pearlbridge' )
			: String( value );
	return (
		<div className="pb-columns">
			<Facts
				items={ [
					{
						label: __( 'Reference', 'pearlbridge' ),
						value: planned.ref,
					},
					{
						label: __( 'External reference', 'pearlbridge' ),
						value: <code>{ planned.externalRef }</code>,
					},
					{
						label: __( 'Placed', 'pearlbridge' ),
						value: <Time at={ utc( planned.placedOn ) } exact />,
					},
					{
						label: __( 'Customer', 'pearlbridge' ),
						value: (
							<>
								{ customer.id === null
									? __( 'a new contact', 'pearlbridge' )
									: sprintf(
											/* translators: %s: id of a contact */
											__( 'contact %s', 'pearlbridge' ),
											String( customer.id )
										) }
								<br />
								<span className="pb-muted">
									{ customer.address.email }
								</span>
							</>
						),
					},
					{
						label: __( 'Billed to', 'pearlbridge' ),
						value: addressText( customer.address ),
					},
					{
						label: __( 'Delivered to', 'pearlbridge' ),
						value: addressText( delivery.address ),
					},
				] }
			/>
			<Facts
				items={ [
					{
						label: __( 'Currency', 'pearlbridge' ),
						value: planned.currency.code,
					},
					{
						label: __( 'Status', 'pearlbridge' ),
						value: id( planned.statusId ),
					},
					{
						label: __( 'Channel', 'pearlbridge' ),
						value: id( planned.channelId ),
					},
					{
						label: __( 'Warehouse', 'pearlbridge' ),
						value: id( planned.warehouseId ),
					},
					{
						label: __( 'Price list', 'pearlbridge' ),
						value: id( planned.priceListId ),
					},
					{
						label: __( 'Shipping method', 'pearlbridge' ),
						value:
							delivery.shippingMethodId === 0
								? __( 'none', 'pearlbridge' )
								: id( delivery.shippingMethodId ),
					},
				] }
			/>
		</div>
	);
}

/** Brightpearl's times carry an offset; ours end with `Z`. */
function utc( at: string ): string | null {
	const time = Date.parse( at );
	return Number.isNaN( time ) ? null : new Date( time ).toISOString();
}
