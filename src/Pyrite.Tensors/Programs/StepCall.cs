using Pyrite.Programs;

namespace Pyrite;

/// <summary>A call of a pure function inside a step, which later steps take as a whole.</summary>
/// <remarks>The result must follow from the function's identity, the variant and the inputs alone, and nothing may be drawn or read. Outside of steps
/// it changes nothing. Begin it, and unless <see cref="Known"/> holds the result, compute it and <see cref="End"/>.</remarks>
public readonly ref struct StepCall
{
    private readonly Recorder? recorder;
    private readonly ReadOnlySpan<Tensor> inputs;
    private readonly ICheckSubject subject;
    private readonly CallKey key;
    private readonly int start;

    /// <summary>Begins the call.</summary>
    /// <param name="function">Its identity; a function of the same identity issues the same operations for inputs that look alike.</param>
    /// <param name="variant">Tells two variants of it apart.</param>
    /// <param name="inputs">All tensors it depends on.</param>
    /// <param name="subject">Who explains failures of its checks.</param>
    public StepCall(object function, bool variant, ReadOnlySpan<Tensor> inputs, ICheckSubject subject)
    {
        this.inputs = inputs;
        this.subject = subject;
        recorder = AnomalyMode.IsOn ? null : Recorder.Current;
        if (recorder is not null)
        {
            key = new CallKey(function, variant && !StepCheck.IsSuspended, NoGradient.IsOff, Precision.Default);
            Known = recorder.Calls.Replay(key, inputs, subject);
            start = Known is null ? recorder.Calls.Start() : -1;
        }
    }

    /// <summary>The result, if an earlier step knows the call.</summary>
    public Tensor? Known { get; }

    /// <summary>Ends the call: its result has been computed.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The same.</returns>
    public Tensor End(Tensor result)
    {
        recorder?.Calls.Remember(start, key, inputs, subject, result);
        return result;
    }
}
