namespace Pyrite.Inference.Agreement;

/// <summary>A condition that model and guide must meet together; inside a step it is looked at when the step's numbers are there.</summary>
internal sealed class PairCheck : ICheckSubject
{
    private readonly Func<Tensor, ModelException> refuse;

    private PairCheck(Func<Tensor, ModelException> refuse) => this.refuse = refuse;

    /// <summary>Tests that all verdicts are true, now or when the step has run.</summary>
    /// <param name="verdicts">Bool, of any shape.</param>
    /// <param name="value">What the error shows of the model.</param>
    /// <param name="refuse">Makes the error.</param>
    /// <exception cref="ModelException">A verdict is false.</exception>
    public static void Add(Tensor verdicts, Tensor value, Func<Tensor, ModelException> refuse) =>
        StepCheck.Add(verdicts.AllTrue(), new PairCheck(refuse), null, value);

    Exception ICheckSubject.Refuse(string? part, Tensor value) => refuse(value);
}
