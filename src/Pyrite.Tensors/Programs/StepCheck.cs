using Pyrite.Programs;

namespace Pyrite;

/// <summary>A condition on the numbers of a step, which is tested when its program has run.</summary>
/// <remarks>A check never reads what is pending, so that a recorded step goes on; it fails when the values are there, with what its subject says.
/// Distributions check parameters and values in this way.</remarks>
/// <param name="Verdict">A Bool scalar: whether all is well.</param>
/// <param name="Subject">Who explains a failure.</param>
/// <param name="Part">What is checked, in the subject's own words; null for the only thing.</param>
/// <param name="Value">The value that is checked.</param>
public readonly record struct StepCheck(Tensor Verdict, ICheckSubject Subject, string? Part, Tensor Value)
{
    [ThreadStatic]
    private static bool isSuspended;

    /// <summary>Lets all conditions of this thread pass until the scope ends: for a run that only shows which sites a model has.</summary>
    public static Suspension Suspend()
    {
        Suspension scope = new(isSuspended);
        isSuspended = true;
        return scope;
    }

    /// <summary>Tests the condition now, or in a replayed step once the values are there; never reads what is pending.</summary>
    /// <param name="verdict">A Bool scalar: whether all is well, such as of <c>x.AllWithin(range)</c>.</param>
    /// <param name="subject">Who explains a failure.</param>
    /// <param name="part">What is checked, in the subject's own words; null for the only thing.</param>
    /// <param name="value">The value that is checked.</param>
    /// <exception cref="Exception">The condition does not hold: what the subject says.</exception>
    public static void Add(Tensor verdict, ICheckSubject subject, string? part, Tensor value)
    {
        StepCheck check = new(verdict, subject, part, value);
        if (isSuspended)
        {
            return;
        }
        if (verdict.Recorder is Recorder { IsExecuting: false } recorder)
        {
            recorder.Check(check);
        }
        else
        {
            check.Test();
        }
    }

    /// <summary>Puts a condition in the place of a subject's own about the same part, which may still be pending.</summary>
    /// <param name="earlier">The subject whose condition is dropped.</param>
    /// <param name="check">The condition that takes its place.</param>
    /// <exception cref="Exception">The condition does not hold: what its subject says.</exception>
    public static void Exchange(ICheckSubject earlier, in StepCheck check)
    {
        if (check.Verdict.Recorder is Recorder { IsExecuting: false } recorder)
        {
            recorder.DropCheck(earlier, check.Part);
        }
        Add(check.Verdict, check.Subject, check.Part, check.Value);
    }

    /// <summary>Whether checks pass on this thread for now.</summary>
    public static bool IsSuspended => isSuspended;

    /// <summary>Whether the condition holds; its verdict is there.</summary>
    public bool Holds() => Verdict.Read<bool>()[0];

    /// <summary>Fails if the condition does not hold.</summary>
    public void Test()
    {
        if (!Holds() && !Subject.Postpones(Part, Value))
        {
            throw Subject.Refuse(Part, Value);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"check of {Part ?? "a value"}";

    /// <summary>A stretch of work without checks; its end brings them back, unless an outer stretch goes on.</summary>
    public readonly ref struct Suspension : IDisposable
    {
        private readonly bool outer;

        internal Suspension(bool outer) => this.outer = outer;

        /// <summary>Ends the stretch.</summary>
        public void Dispose() => isSuspended = outer;
    }
}
