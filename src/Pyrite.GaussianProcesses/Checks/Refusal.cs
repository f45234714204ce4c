namespace Pyrite.Checks;

/// <summary>Words what is wrong with a value, when its check has failed.</summary>
internal sealed class Refusal(Func<Tensor, Exception> refuse) : ICheckSubject
{
    public Exception Refuse(string? part, Tensor value)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        return refuse(value);
    }
}
