using Pyrite.Checks;

namespace Pyrite;

/// <summary>White noise: a variance of each row of an array by itself, on the diagonal of its matrix.</summary>
/// <remarks>Rows of two arrays never share it, even where their numbers are equal; nor do equal rows of one array.</remarks>
public sealed class WhiteKernel : Kernel
{
    /// <summary>Makes the kernel.</summary>
    /// <param name="variance">Not negative; a scalar or [batch].</param>
    /// <exception cref="ArgumentException">The variance is negative.</exception>
    public WhiteKernel(Tensor variance) => Variance = ParameterCheck.RequireNonNegative(Name, "variance", variance);

    /// <summary>The variance.</summary>
    public Tensor Variance { get; }

    internal override bool SeparatesEqualRows => true;

    internal override Tensor GramOf(Tensor x) => Spread(Variance) * Tensor.Identity(x.Shape[^2], x.DType);

    internal override Tensor DiagonalOf(Tensor x) => SpreadOver(Variance, 1) * Tensor.Ones(x.Shape[..^1], x.DType);

    /// <inheritdoc/>
    protected override Tensor Evaluate(Tensor x, Tensor z) =>
        Spread(0 * Variance) * Tensor.Ones(Shape.Broadcast(x.Shape[..^1], z.Shape[..^1]), x.DType);
}
