namespace Pyrite.Engine;

/// <summary>One operation: its shape rule, its kernel and its gradient rule. Implementations are small record structs that hold the
/// attributes.</summary>
/// <remarks>The shape rule ran before (public methods check their arguments and build the spec); equality of two operations means equality of all
/// attributes, but for keys and numbers that change from step to step; gradient rules must not use those, because a replayed backward pass is not
/// issued again.</remarks>
internal interface IOperation
{
    /// <summary>The name that errors and listings show.</summary>
    string Name { get; }

    /// <summary>How many last axes of the result belong together: an entry of the axes before them depends on the same entry of each input that has
    /// these axes, and on no other; null where entries mix.</summary>
    /// <remarks>Where nothing of an entry reaches a masked result, its gradients are then 0 whatever numbers stand there; see
    /// <see cref="SilentZeros"/>.</remarks>
    int? EntryRank => null;

    /// <summary>Which numbers the gradient rule reads: what no rule reads any more need not be held while a step runs for the first time.</summary>
    /// <remarks>A rule that reads more than it says gets the right numbers, computed again.</remarks>
    GradientReads GradientReads => GradientReads.All;

    /// <summary>Computes the output from the inputs; the output's memory is uninitialized.</summary>
    void Execute(ReadOnlySpan<Tensor> inputs, Tensor output);

    /// <summary>The gradient for one input given the output's, written in operations; null where it is zero by definition.</summary>
    Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input);
}

/// <summary>Which numbers a gradient rule reads beside the gradient that it is given.</summary>
[Flags]
internal enum GradientReads
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Those of the inputs.</summary>
    Inputs = 1,

    /// <summary>Those of the result.</summary>
    Output = 2,

    /// <summary>Any.</summary>
    All = Inputs | Output,
}
