namespace Pyrite;

/// <summary>A differential equation could not be solved: the solution grows without bound, the steps were used up, or a number is not
/// finite.</summary>
/// <remarks>Inside a density it is a point without density, which samplers count and explain (<see cref="PotentialFailure"/>).</remarks>
public sealed class OdeException : ArithmeticException
{
    /// <summary>An error without words.</summary>
    public OdeException()
        : this(OdeStatus.NotFinite, double.NaN, "A differential equation could not be solved.")
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What went wrong.</param>
    public OdeException(string message)
        : this(OdeStatus.NotFinite, double.NaN, message)
    {
    }

    /// <summary>An error that another one caused.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="innerException">The cause.</param>
    public OdeException(string message, Exception innerException)
        : base(message, innerException) => (Status, Time) = (OdeStatus.NotFinite, double.NaN);

    /// <summary>An error of a solve.</summary>
    /// <param name="status">How the solve ended.</param>
    /// <param name="time">The time that was reached.</param>
    /// <param name="message">What went wrong.</param>
    public OdeException(OdeStatus status, double time, string message)
        : base(message) => (Status, Time) = (status, time);

    /// <summary>How the solve ended.</summary>
    public OdeStatus Status { get; }

    /// <summary>The time that was reached.</summary>
    public double Time { get; }
}
