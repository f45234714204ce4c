using Pyrite.Engine;

namespace Pyrite.Programs;

/// <summary>A call for gradients that a stream contains, so that the same call in a later step need not walk the gradient graph again.</summary>
/// <remarks>Gradient rules look at operations and specs only, so equal operations give equal backward passes.</remarks>
/// <param name="Start">The first node of the backward pass.</param>
/// <param name="End">The node after its last one.</param>
/// <param name="Output">The target of what is differentiated.</param>
/// <param name="Variables">For each wanted variable its number: a node, or the outside slot as -1 - slot, or that the stream has not met
/// it.</param>
/// <param name="Unwanted">The outside slots of variables that are not wanted. A later step may have one of the wanted variables there, which then
/// needs another backward pass.</param>
/// <param name="Results">For each wanted variable the node with its gradient; -1 for none.</param>
/// <param name="KeepsGraph">Whether the gradients are tracked themselves.</param>
/// <param name="Default">The default precision at the call.</param>
internal sealed record RecordedGradient(int Start, int End, GradientTarget Output, int[] Variables, int[] Unwanted, int[] Results, bool KeepsGraph,
    DType Default)
{
    private const int Absent = int.MinValue;
    private const int Unknown = int.MinValue + 1;

    /// <summary>Describes a call that has just been made; null where it depends on more than its stream.</summary>
    public static RecordedGradient? Of((int Start, int End) range, Tensor output, ReadOnlySpan<Tensor> variables, bool keepsGraph,
        ReadOnlySpan<Tensor?> gradients, List<Tensor> outside, Recorder recorder)
    {
        GradientTarget target = GradientTarget.Of(output, recorder);
        int[] wanted = new int[variables.Length];
        int[] results = new int[variables.Length];
        bool isClosed = target.IsNode;
        for (int i = 0; i < wanted.Length; i++)
        {
            wanted[i] = NumberOf(variables[i], outside, recorder);
            results[i] = gradients[i] is not { } gradient ? -1 : gradient.IsResultOf(recorder) ? gradient.RecordedIndex : Unknown;
            isClosed &= wanted[i] != Unknown && results[i] != Unknown;
        }
        return isClosed && UnwantedOf(wanted, outside) is { } unwanted
            ? new RecordedGradient(range.Start, range.End, target, wanted, unwanted, results, keepsGraph, Precision.Default)
            : null;
    }

    /// <summary>Whether a call asks for the gradients of the same variables.</summary>
    /// <param name="variables">The variables.</param>
    /// <param name="outside">The tensors from outside that the step has met.</param>
    /// <param name="recorder">Whose step it is.</param>
    /// <param name="namesParameters">Whether the caller is to be told of parameters that are not wanted; there were none when the call was
    /// recorded.</param>
    public bool Wants(ReadOnlySpan<Tensor> variables, List<Tensor> outside, Recorder recorder, bool namesParameters)
    {
        if (variables.Length != Variables.Length)
        {
            return false;
        }
        for (int i = 0; i < variables.Length; i++)
        {
            int number = Variables[i];
            int slot = -1 - number;
            if (number is < 0 and > Unknown
                ? slot >= outside.Count || !ReferenceEquals(outside[slot], variables[i])
                : NumberOf(variables[i], outside, recorder) != number)
            {
                return false;
            }
        }
        foreach (int slot in Unwanted)
        {
            if ((namesParameters && outside[slot].Node is VariableNode { Parameter: not null }) || Contains(variables, outside[slot]))
            {
                return false;
            }
        }
        return true;
    }

    private static bool Contains(ReadOnlySpan<Tensor> variables, Tensor one)
    {
        foreach (Tensor variable in variables)
        {
            if (ReferenceEquals(variable, one))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The slots of variables that are not wanted; null where one variable has several slots, so that other steps with different ones there
    /// need another backward pass.</summary>
    private static int[]? UnwantedOf(int[] wanted, List<Tensor> outside)
    {
        HashSet<Tensor> seen = new(ReferenceEqualityComparer.Instance);
        List<int> unwanted = [];
        for (int slot = 0; slot < outside.Count; slot++)
        {
            if (!outside[slot].RequiresGradient)
            {
                continue;
            }
            if (!seen.Add(outside[slot]))
            {
                return null;
            }
            if (Array.IndexOf(wanted, -1 - slot) < 0)
            {
                unwanted.Add(slot);
            }
        }
        return [.. unwanted];
    }

    private static int NumberOf(Tensor variable, List<Tensor> outside, Recorder recorder)
    {
        GradientTarget target = GradientTarget.Of(variable, recorder);
        if (target != GradientTarget.Variable)
        {
            return target.IsNode ? target.Node : Unknown;
        }
        int slot = outside.IndexOf(variable);
        return slot < 0 ? Absent : -1 - slot;
    }
}
