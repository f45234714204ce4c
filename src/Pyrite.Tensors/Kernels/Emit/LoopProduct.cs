namespace Pyrite.Kernels.Emit;

/// <summary>A product of a constant matrix and a vector inside a loop over the matrix's rows.</summary>
/// <remarks>M·v makes one element of the loop from each row; Mᵀ·w takes a weight from each element of the loop.</remarks>
/// <param name="Result">The source that it computes.</param>
/// <param name="Vector">The source of the vector, which stands in memory for M·v, and which the loop computes or reads for Mᵀ·w.</param>
/// <param name="Matrix">The laid-out matrix (<see cref="MatrixPanels"/>).</param>
/// <param name="Columns">The columns of the matrix.</param>
/// <param name="Room">Where M·v keeps a block of its result if only the loop reads it, and Mᵀ·w its partial sums.</param>
internal sealed record LoopProduct(int Result, int Vector, Place Matrix, int Columns, Place Room);
