namespace Pyrite.Inference.Potentials;

/// <summary>A model could not be computed at a point: a check failed, a matrix was not positive definite, a number overflowed.</summary>
/// <param name="place">At or after which site.</param>
/// <param name="cause">What failed.</param>
internal sealed class SiteFailure(string place, Exception cause) : Exception($"{place}: {MessageOf(cause)}", cause)
{
    /// <summary>At or after which site.</summary>
    public string Place { get; } = place;

    private static string MessageOf(Exception cause) =>
        cause is ArgumentException argument ? ModelException.WithoutParameter(argument) : cause.Message;
}
