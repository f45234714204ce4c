namespace Pyrite.Checks;

/// <summary>A condition on numbers that may still be pending, and what is said where it does not hold.</summary>
/// <param name="Message">The error for the value that was looked at.</param>
internal sealed record RefusedCheck(Func<Tensor, string> Message) : ICheckSubject
{
    /// <summary>Fails, now or when the numbers are there, unless the verdict is true.</summary>
    /// <param name="verdict">A Bool scalar.</param>
    /// <param name="value">What the message tells of.</param>
    /// <param name="message">The error.</param>
    public static void Require(Tensor verdict, Tensor value, Func<Tensor, string> message)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        StepCheck.Add(verdict.Detach(), new RefusedCheck(message), null, value.Detach());
    }

    public Exception Refuse(string? part, Tensor value) => new ArgumentException(Message(value));
}
