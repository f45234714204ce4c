namespace Pyrite.Engine;

/// <summary>The gradient graph of a step, and the calls for gradients that earlier steps have made before.</summary>
internal interface IStepGradients
{
    /// <summary>The vertex of the gradient graph that belongs to an operation of the step.</summary>
    GradientNode NodeOf(int index);

    /// <summary>Makes the gradient graph of all operations so far, in their order.</summary>
    void BuildNodes();

    /// <summary>The gradients of an earlier step's call that equals this one; null if there is none.</summary>
    /// <param name="output">What is differentiated.</param>
    /// <param name="variables">The wanted variables.</param>
    /// <param name="keepsGraph">Whether the gradients are tracked themselves.</param>
    /// <param name="namesParameters">Whether parameters that are not wanted are to be listed.</param>
    Tensor?[]? Replay(Tensor output, ReadOnlySpan<Tensor> variables, bool keepsGraph, bool namesParameters);

    /// <summary>Where a call for gradients starts, for <see cref="Remember"/>: the operations and the tensors from outside so far.</summary>
    (int Start, int OutsideCount) StartCall();

    /// <summary>Remembers a call for gradients whose operations have just been issued, if it depends on nothing but this step.</summary>
    void Remember((int Start, int OutsideCount) call, Tensor output, ReadOnlySpan<Tensor> variables, bool keepsGraph,
        ReadOnlySpan<Tensor?> gradients);
}

/// <summary>The large results of a step that runs for the first time, operation by operation, as far as backward passes give back their
/// memory.</summary>
/// <remarks>Whoever reads a result after all has it computed again.</remarks>
internal interface IPassMemory
{
    /// <summary>How many large results the step has made one by one so far.</summary>
    int Large { get; }

    /// <summary>Gives back the memory of large results that nothing waits for any more.</summary>
    /// <param name="first">The number of the first of them.</param>
    /// <param name="isAwaited">Whether memory is still needed.</param>
    void GiveBack(int first, Func<Tensor, bool> isAwaited);

    /// <summary>Finds what a backward pass may give back of the results that were there before it, and gives back what none of its rules
    /// reads.</summary>
    /// <param name="nodes">The operations whose rules are about to be called, in this order.</param>
    /// <returns>Whether there is anything; then the pass must be ended.</returns>
    bool TryBegin(List<GradientNode> nodes);

    /// <summary>Gives back what no rule reads after that of an operation.</summary>
    /// <param name="slot">The place of the operation.</param>
    void Pass(int slot);

    /// <summary>Ends the pass.</summary>
    void End();
}
