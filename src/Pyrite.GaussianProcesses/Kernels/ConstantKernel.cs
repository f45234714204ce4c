using Pyrite.Checks;

namespace Pyrite;

/// <summary>The same covariance for all pairs: a height that all places share.</summary>
public sealed class ConstantKernel : Kernel
{
    /// <summary>Makes the kernel.</summary>
    /// <param name="variance">Not negative; a scalar or [batch].</param>
    /// <exception cref="ArgumentException">The variance is negative.</exception>
    public ConstantKernel(Tensor variance) => Variance = ParameterCheck.RequireNonNegative(Name, "variance", variance);

    /// <summary>The covariance of all pairs.</summary>
    public Tensor Variance { get; }

    /// <inheritdoc/>
    protected override Tensor Evaluate(Tensor x, Tensor z) =>
        Spread(Variance) * Tensor.Ones(Shape.Broadcast(x.Shape[..^1], z.Shape[..^1]), x.DType);
}
