import { __ } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import type { OrderComparison } from '../../../../src/contracts/answers.ts';
import { Nothing, Time } from '../../components/index.ts';
import { storeStatusText } from './store-status.ts';

interface Line {
	readonly label: string;
	readonly store: ReactNode;
	readonly brightpearl: ReactNode;
	/** Both name the same thing, and name it differently. */
	readonly differs?: boolean;
}

/** What stands above the rows: who, when, which number, how it stands. */
export function CompareHead( {
	comparison: { store, brightpearl },
}: {
	readonly comparison: OrderComparison;
} ) {
	const both = store !== null && brightpearl !== null;
	const lines: Line[] = [
		{
			label: __( 'Number', 'pearlbridge' ),
			store: store?.number,
			brightpearl: brightpearl && (
				<>
					{ brightpearl.salesOrderId }
					{ brightpearl.reference !== null && (
						<span className="pb-muted">
							{ ` · ${ brightpearl.reference }` }
						</span>
					) }
				</>
			),
			differs: both && brightpearl.reference !== store.number,
		},
		{
			label: __( 'Status', 'pearlbridge' ),
			store: store && storeStatusText( store.status ),
			brightpearl:
				brightpearl &&
				( brightpearl.statusName ??
					( brightpearl.statusId === null
						? null
						: String( brightpearl.statusId ) ) ),
		},
		{
			label: __( 'Placed', 'pearlbridge' ),
			store: store && <Time at={ store.placedAt } exact />,
			brightpearl: brightpearl && (
				<Time at={ brightpearl.placedAt } exact />
			),
			differs:
				both &&
				brightpearl.placedAt !== null &&
				Date.parse( brightpearl.placedAt ) !==
					Date.parse( store.placedAt ),
		},
		{
			label: __( 'Customer', 'pearlbridge' ),
			store: store && (
				<span className="pb-compare__customer">
					{ [
						store.customer,
						store.company,
						store.email,
						store.country,
					]
						.filter( ( text ) => text !== '' )
						.map( ( text, index ) => (
							<span key={ index }>{ text }</span>
						) ) }
				</span>
			),
			brightpearl:
				brightpearl?.contactId == null
					? null
					: `${ __( 'Contact', 'pearlbridge' ) } ${ brightpearl.contactId }`,
		},
		{
			label: __( 'Shipping', 'pearlbridge' ),
			store: store?.shippingMethod,
			brightpearl:
				brightpearl && allocationText( brightpearl.allocation ),
		},
		...( store === null || store.note === ''
			? []
			: [
					{
						label: __( 'Customer’s note', 'pearlbridge' ),
						store: store.note,
						brightpearl: null,
					},
				] ),
		...( brightpearl?.cancelled === true
			? [
					{
						label: __( 'Cancelled', 'pearlbridge' ),
						store: null,
						brightpearl: __( 'yes', 'pearlbridge' ),
					},
				]
			: [] ),
	];
	return (
		<table className="pb-sides">
			<caption className="pb-hidden">
				{ __( 'The order in both systems', 'pearlbridge' ) }
			</caption>
			<colgroup>
				<col className="pb-sides__names" />
				<col />
				<col />
			</colgroup>
			<thead>
				<tr>
					<td />
					<th scope="col">{ __( 'Shop', 'pearlbridge' ) }</th>
					<th scope="col">{ __( 'Brightpearl', 'pearlbridge' ) }</th>
				</tr>
			</thead>
			<tbody>
				{ lines.map( ( line ) => (
					<tr key={ line.label }>
						<th scope="row">{ line.label }</th>
						<td>{ valueOr( line.store ) }</td>
						<td>
							{ line.differs === true ? (
								<span className="pb-differs">
									<span aria-hidden="true">≠ </span>
									<span className="pb-hidden">
										{ __(
											'differs:',
											'pearlbridge'
										) }{ ' ' }
									</span>
									{ line.brightpearl }
								</span>
							) : (
								valueOr( line.brightpearl )
							) }
						</td>
					</tr>
				) ) }
			</tbody>
		</table>
	);
}

function valueOr( value: ReactNode ): ReactNode {
	return value === null || value === undefined || value === '' ? (
		<Nothing />
	) : (
		value
	);
}

export function allocationText(
	allocation: 'all' | 'part' | 'none' | 'not-needed'
): string {
	switch ( allocation ) {
		case 'all':
			return __( 'Stock allocated', 'pearlbridge' );
		case 'part':
			return __( 'Stock partly allocated', 'pearlbridge' );
		case 'none':
			return __( 'No stock allocated', 'pearlbridge' );
		case 'not-needed':
			return __( 'Needs no stock', 'pearlbridge' );
	}
}
