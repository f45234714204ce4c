namespace Pyrite.Programs.Scans;

/// <summary>A condition that a body checks in every round: the error names the first round in which it does not hold.</summary>
/// <param name="subject">Who explains the failure of one round.</param>
/// <param name="body">What happens in a round.</param>
/// <param name="value">The source of the value that is checked.</param>
/// <param name="rounds">T.</param>
/// <param name="isReverse">Whether the last round comes first.</param>
/// <param name="inputs">The carry, the arrays, and the captured tensors.</param>
/// <param name="counted">How many rounds there are, a scalar; null for T.</param>
internal sealed class ScanVerdict(ICheckSubject subject, ScanBody body, int value, int rounds, bool isReverse, Tensor[] inputs, Tensor? counted)
    : ICheckSubject
{
    /// <summary>The verdict of a round, 1 or 0, where its condition holds.</summary>
    public static readonly NumberRange Holding = new(0.5, double.PositiveInfinity);

    public Exception Refuse(string? part, Tensor verdicts)
    {
        double[] holds = verdicts.ToArray<double>();
        int time = isReverse ? Array.FindLastIndex(holds, Fails) : Array.FindIndex(holds, Fails);
        Exception refusal = subject.Refuse(part, ValueAt(time));
        ArgumentException named = new($"Scan, round {time}: {refusal.Message}", refusal);
        foreach (System.Collections.DictionaryEntry known in refusal.Data)
        {
            // Who refused what stands there, so that a statement of a model can be named.
            named.Data[known.Key] = known.Value;
        }
        return named;

        bool Fails(double verdict) => !Holding.Admits(verdict);
    }

    /// <summary>The value that is checked in a round: all rounds before are run again.</summary>
    private Tensor ValueAt(int time)
    {
        int last = counted is null ? rounds : (int)counted.Item(), first = isReverse ? time : 0, count = isReverse ? last - time : time + 1;
        Tensor[] given = Array.ConvertAll(inputs, input => input.Detach());
        for (int i = body.Carries; i < body.Carries + body.Inputs; i++)
        {
            given[i] = given[i].Slice(0, first, count);
        }
        using NoGradient.Scope untracked = NoGradient.Begin();
        Tensor results = ScanOperation.Of(body.With([value]), count, isReverse, given, null, out ScanLayout layout);
        return layout.OutputOf(results, 0).Select(0, isReverse ? 0 : count - 1);
    }
}
