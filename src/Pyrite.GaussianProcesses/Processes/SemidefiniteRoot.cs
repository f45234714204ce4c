using Pyrite.Checks;

namespace Pyrite.Processes;

/// <summary>Square roots of covariances that may be singular.</summary>
internal static class SemidefiniteRoot
{
    private const double Tolerance = 1e-8;

    /// <summary>V diag(√λ) for a covariance V diag(λ) Vᵀ; eigenvalues that rounding has left below 0 count as 0.</summary>
    public static Tensor Of(string owner, Tensor covariance)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        (Tensor values, Tensor vectors) = covariance.SymmetricEigen();
        Tensor largest = values.Abs().Max([-1], keepDimensions: true);
        StepCheck.Add((values >= (-Tolerance * largest)).AllTrue(), new Refusal(found => new ArgumentException(
            $"{owner}: a conditioned covariance has the eigenvalue {ParameterCheck.Number(found.ToArray<double>().Min())}, which is more than "
                + $"rounding: the "
                + "kernel is not positive semidefinite.")), "covariance", values);
        return vectors * values.Clamp(low: 0).Sqrt().Unsqueeze(-2);
    }
}
