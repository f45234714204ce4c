namespace Pyrite.Functions.Matrices;

/// <summary>A positive-definite matrix given as itself, its inverse or its Cholesky factor.</summary>
internal static class MatrixParameter
{
    /// <summary>Whichever matrix was given, or an error that names the family.</summary>
    public static Tensor OneOf(string family, Tensor? covariance, Tensor? precision, Tensor? factor)
    {
        int given = (covariance is null ? 0 : 1) + (precision is null ? 0 : 1) + (factor is null ? 0 : 1);
        return given == 1
            ? covariance ?? precision ?? factor!
            : throw new ArgumentException($"{family}: exactly one of covarianceMatrix, precisionMatrix and scaleTril is needed; {given} were given.");
    }

    /// <summary>The Cholesky factor of the inverse of a matrix.</summary>
    /// <remarks>With J reversing the order of axes, J P J = M Mᵀ gives P⁻¹ = L Lᵀ for the lower-triangular L = (J M J)⁻ᵀ.</remarks>
    public static Tensor FactorOfInverse(Tensor precision) =>
        precision.Flip(-1).Flip(-2).CholeskyFactor().Flip(-1).Flip(-2).Transpose().InverseOfLower();
}
