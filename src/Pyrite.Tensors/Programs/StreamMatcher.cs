using System.Runtime.CompilerServices;
using Pyrite.Engine;

namespace Pyrite.Programs;

/// <summary>Compares the operations of a step, one by one, with recorded streams.</summary>
/// <param name="recorder">Whose step it is.</param>
/// <param name="outside">The tensors from outside that the step has met; what a match brings is added.</param>
internal sealed class StreamMatcher(Recorder recorder, List<Tensor> outside)
{
    /// <summary>A stream that begins with the operation.</summary>
    public RecordedStream? Start<TOperation>(StreamCache cache, in TOperation operation, in TensorSpec spec, ReadOnlySpan<Tensor> inputs)
        where TOperation : struct, IOperation
    {
        for (int i = 0; i < cache.Streams.Count; i++)
        {
            if (Accepts(cache.Streams[i], 0, operation, spec, inputs))
            {
                return cache.Streams[i];
            }
        }
        return null;
    }

    /// <summary>Another stream that begins as this step did and goes on with the operation.</summary>
    public RecordedStream? Switch<TOperation>(StreamCache cache, RecordedStream current, int executed, int index, in TOperation operation,
        in TensorSpec spec, ReadOnlySpan<Tensor> inputs)
        where TOperation : struct, IOperation
    {
        for (int i = 0; i < cache.Streams.Count; i++)
        {
            RecordedStream candidate = cache.Streams[i];
            if (ReferenceEquals(candidate, current) || !candidate.StartsLike(current, index) || (executed > 0 && !candidate.Cuts.Contains(executed)))
            {
                continue;
            }
            if (Accepts(candidate, index, operation, spec, inputs))
            {
                return candidate;
            }
        }
        return null;
    }

    /// <summary>Whether a stream goes on with the operation, on the same inputs with the same gradient targets; its numbers are taken
    /// over.</summary>
    public bool Accepts<TOperation>(RecordedStream stream, int index, in TOperation operation, in TensorSpec spec, ReadOnlySpan<Tensor> inputs)
        where TOperation : struct, IOperation
    {
        if (index >= stream.Nodes.Count || stream.Nodes[index] is not RecordedOperation<TOperation> node || node.Inputs.Length != inputs.Length
            || !node.Spec.Equals(spec) || Executor.IsTracked(spec.DType, inputs) != node.Targets is not null)
        {
            return false;
        }
        int known = outside.Count;
        if (HasInputs(stream, node, inputs) && node.Accepts(operation))
        {
            return true;
        }
        outside.RemoveRange(known, outside.Count - known);
        return false;
    }

    /// <summary>Whether a call that a stream contains was given the same inputs.</summary>
    public bool Accepts(RecordedStream stream, RecordedCall call, ReadOnlySpan<Tensor> inputs)
    {
        if (inputs.Length != call.Inputs.Length)
        {
            return false;
        }
        int known = outside.Count;
        foreach (CallInput input in call.Inputs)
        {
            Tensor given = inputs[input.Position];
            bool isSame = input.Weak is { } bits
                ? given.IsWeak && BitConverter.DoubleToInt64Bits(given.WeakValue) == bits
                : !given.IsWeak && IsSource(stream, input.Number, given) && GradientTarget.Of(given, recorder) == input.Target;
            if (!isSame)
            {
                outside.RemoveRange(known, outside.Count - known);
                return false;
            }
        }
        return true;
    }

    private bool HasInputs(RecordedStream stream, RecordedNode node, ReadOnlySpan<Tensor> inputs)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            if (!IsSource(stream, node.Inputs[i], inputs[i]) || (node.Targets is { } targets && targets[i] != GradientTarget.Of(inputs[i], recorder)))
            {
                return false;
            }
        }
        return true;
    }

    private bool IsSource(RecordedStream stream, int expected, Tensor input)
    {
        if (ReferenceEquals(input.Recorder, recorder))
        {
            return input.RecordedIndex == expected;
        }
        if (expected >= 0)
        {
            return false;
        }
        int slot = -1 - expected;
        if (slot < outside.Count)
        {
            return ReferenceEquals(outside[slot], input);
        }
        return slot == outside.Count && IsNewSource(stream, slot, input);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsNewSource(RecordedStream stream, int slot, Tensor input)
    {
        if (!stream.Outside[slot].Fits(input))
        {
            return false;
        }
        outside.Add(input);
        return true;
    }
}
