namespace Pyrite.Kernels;

/// <summary>A kernel that is written as a function.</summary>
internal sealed class FunctionKernel(Func<Tensor, Tensor, Tensor> function, string name, IReadOnlyList<int>? dims) : Kernel(dims)
{
    public override string Name => name ?? "kernel";

    internal override bool IsKnownToBeSymmetric => false;

    protected override Tensor Evaluate(Tensor x, Tensor z)
    {
        Tensor value = function(x, z);
        Shape wanted = Shape.Broadcast(x.Shape[..^1], z.Shape[..^1]);
        return value.Rank >= wanted.Rank && value.Shape[^wanted.Rank..] == wanted
            ? value
            : throw new ArgumentException(
                $"{Name}: the function gave shape {value.Shape} for pairs of rows {x.Shape} and {z.Shape}; it must give {wanted}, one covariance "
                    + $"for each "
                    + "pair. Reduce over the last axis, or select columns of it.");
    }
}
