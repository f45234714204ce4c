namespace Pyrite.Inference.Potentials;

/// <summary>Tells of a model that cannot be computed at a point somebody asked for.</summary>
internal static class ReportedFailure
{
    /// <summary>What a function of the model gives.</summary>
    /// <param name="point">The function.</param>
    /// <exception cref="ModelException">The model fails.</exception>
    public static double[] Of(Func<double[]> point)
    {
        try
        {
            return point();
        }
        catch (SiteFailure failure)
        {
            throw new ModelException(ModelError.ModelFailed, null, $"The model failed {failure.Message}", failure.InnerException);
        }
        catch (Exception failure) when (failure is ArgumentException or ArithmeticException)
        {
            string message = failure is ArgumentException refusal ? ModelException.WithoutParameter(refusal) : failure.Message;
            throw new ModelException(ModelError.ModelFailed, null, $"The model failed: {message}", failure);
        }
    }
}
