using Pyrite.Checks;

namespace Pyrite.Processes;

/// <summary>What a process is made of, in double precision, with its shapes checked.</summary>
internal sealed record ProcessParts(Kernel Kernel, Tensor X, Tensor Rows, Tensor? NoiseVariance, Tensor? Noise,
    MeanFunction MeanFunction, Tensor Mean, Tensor Diagonal, Shape BatchShape)
{
    public static ProcessParts Of(Kernel kernel, Tensor x, Tensor? noiseVariance, MeanFunction? mean)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(x);
        Tensor rows = Places.Wide(x);
        int n = rows.Shape[^2];
        if (n == 0 || rows.Shape[^1] == 0)
        {
            throw new ArgumentException($"GaussianProcess: places of shape {x.Shape} were given; at least one row and one column are "
                + $"needed.", nameof(x));
        }
        if (noiseVariance is { Rank: > 0 } && noiseVariance.Shape[^1] != n && noiseVariance.Shape[^1] != 1)
        {
            throw new ArgumentException(
                $"GaussianProcess: a noise variance of shape {noiseVariance.Shape} was given for {n} rows; give a scalar, or one for each row in "
                    + $"the last "
                    + "axis.", nameof(noiseVariance));
        }
        Tensor? noise = noiseVariance is null or { IsWeak: true, WeakValue: 0 } ? null : noiseVariance.To(DType.Float64);
        MeanFunction function = mean ?? 0;
        Tensor loc = function.At(rows).To(DType.Float64);
        Tensor diagonal = kernel.DiagonalOf(rows);
        Shape batch = Shape.Broadcast(diagonal.Shape[..^1], loc.Shape[..^1]);
        batch = noise is { Rank: > 0 } ? Shape.Broadcast(batch, noise.Shape[..^1]) : batch;
        return new ProcessParts(kernel, x, rows, noiseVariance, noise, function, loc, diagonal, batch);
    }

    /// <summary>A matrix with variances added to its diagonal.</summary>
    /// <param name="matrix">[.., n, n].</param>
    /// <param name="variances">A scalar or [.., n]; null for none.</param>
    /// <param name="jitter">What is added besides.</param>
    public static Tensor WithDiagonal(Tensor matrix, Tensor? variances, double jitter)
    {
        if (variances is null && jitter == 0)
        {
            return matrix;
        }
        Tensor added = variances is null ? jitter : jitter > 0 ? variances + jitter : variances;
        Tensor identity = Tensor.Identity(matrix.Shape[^1], matrix.DType);
        return matrix + ((added.Rank > 0 ? added.Unsqueeze(-1) : added) * identity);
    }
}
