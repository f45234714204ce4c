using Pyrite.Text;

namespace Pyrite;

/// <summary>The entries of a vector in another order: y[i] = x[permutation[i]].</summary>
public sealed class PermuteTransform : Transform
{
    private readonly long[] order;

    /// <summary>Makes the transform.</summary>
    /// <param name="permutation">Each of 0 … n - 1 once.</param>
    /// <exception cref="ArgumentException">A number is missing.</exception>
    public PermuteTransform(params ReadOnlySpan<int> permutation)
    {
        order = new long[permutation.Length];
        bool[] seen = new bool[permutation.Length];
        for (int i = 0; i < order.Length; i++)
        {
            int from = permutation[i];
            if (from < 0 || from >= order.Length || seen[from])
            {
                throw new ArgumentException(
                    $"PermuteTransform: each of 0 to {order.Length - 1} is needed once; found [{NumberList.Text(permutation.ToArray())}].",
                        nameof(permutation));
            }
            seen[from] = true;
            order[i] = from;
        }
    }

    /// <inheritdoc/>
    public override Constraint Domain => Constraints.RealVector;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.RealVector;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Checked(x).Take(Tensor.From(order), -1);

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => Checked(y).Take(Tensor.From(Backwards()), -1);

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => Tensor.Zeros(x.Shape[..^1], x.DType);

    private Tensor Checked(Tensor x) => x.Rank > 0 && x.Shape[^1] == order.Length
        ? x
        : throw new ArgumentException(
            $"PermuteTransform: a value of shape {x.Shape} was given; its last axis must have the {order.Length} entries of the permutation.",
                nameof(x));

    private long[] Backwards()
    {
        long[] back = new long[order.Length];
        for (int i = 0; i < back.Length; i++)
        {
            back[order[i]] = i;
        }
        return back;
    }
}
