using Pyrite.Checks;

namespace Pyrite;

/// <summary>Covariances between outputs, (W Wᵀ + diag(own))[i, j], where a column of the places holds the number of the output.</summary>
/// <remarks>Times a kernel of the other columns it is a process of several outputs (the intrinsic model of coregionalization; Álvarez, Rosasco and
/// Lawrence, "Kernels for vector-valued functions", 2012, section 4.2).</remarks>
public sealed class Coregionalization : Kernel
{
    /// <summary>Makes the kernel.</summary>
    /// <param name="weights">W, [outputs, factors]: how outputs depend on common factors.</param>
    /// <param name="own">The variance of each output by itself, [outputs]; not negative.</param>
    /// <param name="dim">The column that holds the number of the output, from 0 to outputs - 1.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or a variance is negative.</exception>
    public Coregionalization(Tensor weights, Tensor own, int dim)
        : base([dim])
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(own);
        if (weights.Rank != 2 || own.Rank != 1 || own.Shape[0] != weights.Shape[0])
        {
            throw new ArgumentException(
                $"{Name}: weights [outputs, factors] and own variances [outputs] are needed; found {weights.Shape} and "
                    + $"{own.Shape}.", nameof(weights));
        }
        Weights = ParameterCheck.RequireFinite(Name, "weights", weights);
        Own = ParameterCheck.RequireNonNegative(Name, "own", own);
    }

    /// <summary>W.</summary>
    public Tensor Weights { get; }

    /// <summary>The variance of each output by itself.</summary>
    public Tensor Own { get; }

    /// <summary>The covariances of the outputs, W Wᵀ + diag(own): [outputs, outputs].</summary>
    public Tensor Covariance => Weights.MatMul(Weights.Transpose()) + Own.DiagonalEmbed();

    /// <inheritdoc/>
    protected override Tensor Evaluate(Tensor x, Tensor z)
    {
        int outputs = Weights.Shape[0];
        Tensor first = Index(x, outputs);
        Tensor second = Index(z, outputs);
        return Covariance.Reshape(outputs * outputs).Take((first * (long)outputs) + second);
    }

    private Tensor Index(Tensor x, int outputs)
    {
        Tensor column = x.Select(-1, 0);
        ParameterCheck.Require(Name, $"column {Dims![0]}", column, new NumberRange(0, outputs - 1, Whole: true),
            $"the number of an output, 0 to {outputs - 1}");
        return column.To(DType.Int64);
    }
}
