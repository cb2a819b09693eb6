import { __, sprintf } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import { Link, formatNumber } from '../../components/index.ts';
import type { CalculationLine } from './calculation.ts';

/** The sum as one writes it on paper: what is added, what is taken off, what is left. */
export function Calculation( {
	connection,
	lines,
}: {
	readonly connection: string;
	readonly lines: readonly CalculationLine[];
} ) {
	return (
		<table className="pb-sum">
			<caption className="pb-hidden">
				{ __( 'How the figure is made', 'pearlbridge' ) }
			</caption>
			<tbody>
				{ lines.map( ( line, index ) => (
					<Line
						key={ index }
						line={ line }
						connection={ connection }
					/>
				) ) }
			</tbody>
		</table>
	);
}

function Line( {
	line,
	connection,
}: {
	readonly line: CalculationLine;
	readonly connection: string;
} ) {
	switch ( line.kind ) {
		case 'warehouse':
			return (
				<Row
					className={ line.counted ? '' : 'is-left-out' }
					value={
						line.counted ? (
							number( line.onHand )
						) : (
							<>
								<s>{ number( line.onHand ) }</s>
							</>
						)
					}
					note={ sprintf(
						/* translators: 1: pieces that are there, 2: pieces that are promised to orders */
						__( '%1$s in stock − %2$s allocated', 'pearlbridge' ),
						number( line.inStock ),
						number( line.allocated )
					) }
				>
					{ line.name ??
						sprintf(
							/* translators: %s: id of a warehouse */
							__( 'Warehouse %s', 'pearlbridge' ),
							String( line.id )
						) }
					{ ! line.counted && (
						<span className="pb-sum__tag">
							{ __( 'not counted', 'pearlbridge' ) }
						</span>
					) }
				</Row>
			);
		case 'on-hand':
			return (
				<Row
					className="is-subtotal"
					value={ `= ${ number( line.value ) }` }
				>
					{ __( 'On hand', 'pearlbridge' ) }
				</Row>
			);
		case 'order':
			return (
				<Row
					value={ `− ${ number( line.quantity ) }` }
					note={ line.why }
				>
					{ __( 'In flight:', 'pearlbridge' ) }{ ' ' }
					<Link
						to={ {
							screen: 'orders',
							connection,
							rest: [ line.orderId ],
						} }
					>
						{ sprintf(
							/* translators: %s: order id */
							__( 'order %s', 'pearlbridge' ),
							String( line.orderId )
						) }
					</Link>
				</Row>
			);
		case 'no-order':
			return (
				<Row
					value={ `− ${ number( 0 ) }` }
					note={ __(
						'sold in the shop, not yet allocated in Brightpearl',
						'pearlbridge'
					) }
				>
					{ __( 'In flight', 'pearlbridge' ) }
				</Row>
			);
		case 'buffer':
			return (
				<Row value={ `− ${ number( line.value ) }` }>
					{ __( 'Buffer', 'pearlbridge' ) }
				</Row>
			);
		case 'sellable':
			return (
				<Row
					className="is-subtotal"
					value={ `= ${ number( line.value ) }` }
				>
					{ __( 'Can be sold', 'pearlbridge' ) }
				</Row>
			);
		case 'minimum':
			return (
				<Row value={ `≥ ${ number( line.value ) }` }>
					{ __( 'Raised to the minimum', 'pearlbridge' ) }
				</Row>
			);
		case 'maximum':
			return (
				<Row value={ `≤ ${ number( line.value ) }` }>
					{ __( 'Cut to the maximum', 'pearlbridge' ) }
				</Row>
			);
		case 'wanted':
			return (
				<Row
					className="is-result"
					value={ `= ${ number( line.value ) }` }
				>
					{ __( 'The shop should show', 'pearlbridge' ) }
				</Row>
			);
	}
}

function Row( {
	children,
	value,
	note,
	className = '',
}: {
	readonly children: ReactNode;
	readonly value: ReactNode;
	readonly note?: string;
	readonly className?: string;
} ) {
	return (
		<tr className={ className }>
			<th scope="row">
				{ children }
				{ note !== undefined && (
					<span className="pb-sum__note">{ note }</span>
				) }
			</th>
			<td className="pb-number">{ value }</td>
		</tr>
	);
}

function number( value: number ): string {
	return formatNumber( value ).replace( '-', '−' );
}
