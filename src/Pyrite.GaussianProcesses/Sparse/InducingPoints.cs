using Pyrite.Checks;
using Pyrite.Processes;

namespace Pyrite.Sparse;

/// <summary>Inducing points with the factor of their covariance.</summary>
/// <param name="Rows">[m, columns].</param>
/// <param name="Factor">L with L Lᵀ = Kuu + jitter, [.., m, m].</param>
internal sealed record InducingPoints(Tensor Rows, Tensor Factor)
{
    public int Count => Rows.Shape[^2];

    public static InducingPoints Of(string owner, Kernel kernel, Tensor inducing, double jitter)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(inducing);
        Tensor rows = Places.Wide(inducing);
        if (jitter == 0 && !kernel.SeparatesEqualRows)
        {
            CovarianceFactor.RequireRowsApart(owner, rows);
        }
        Tensor covariance = ProcessParts.WithDiagonal(kernel.GramOf(rows), null, jitter);
        return new InducingPoints(rows, CovarianceFactor.Of(owner, covariance, rows, jitter, kernel.IsKnownToBeSymmetric));
    }

    /// <summary>L⁻¹ times a matrix [.., m, n].</summary>
    public Tensor Whiten(Tensor cross) => Factor.SolveTriangular(cross);
}
