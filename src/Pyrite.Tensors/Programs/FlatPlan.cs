using System.Reflection;
using Pyrite.Engine;
using Pyrite.Kernels.Flat;
using Pyrite.Ops.Copies;
using Pyrite.Ops.Creation;
using Pyrite.Ops.Reductions;

namespace Pyrite.Programs;

/// <summary>A segment of small tensors as straight-line code over fixed memory.</summary>
/// <remarks>Every operation gives the bits of its kernel: numbers are computed in registers with the same arithmetic, short vectors by the kernel
/// itself, and what has no code of its own runs as in eager execution.</remarks>
internal sealed class FlatPlan : StreamPlan
{
    private const int MostElements = 2048;
    private const int MostNodes = 3000;

    private static readonly MethodInfo RunOther =
        typeof(FlatPlan).GetMethod(nameof(Run), BindingFlags.Instance | BindingFlags.NonPublic, [typeof(int)])!;

    private readonly FlatMemory memory;
    private readonly FlatFunction function;
    private readonly List<OtherOperation> others = [];
    private readonly List<FlatNumber> fills = [];

    private FlatPlan(RecordedStream stream, int start, int end, bool[] isNeeded)
    {
        memory = new FlatMemory(stream, start, end, isNeeded);
        FlatWriter writer = new(typeof(FlatPlan));
        foreach (int slot in memory.Slots)
        {
            writer.Open(slot);
        }
        for (int i = start; i < end; i++)
        {
            if (isNeeded[i - start] && !stream.Nodes[i].IsAlias)
            {
                Write(writer, stream.Nodes[i], i);
            }
        }
        function = writer.Compile(this);
    }

    /// <summary>The plan; null where tensors are too large or code cannot be compiled.</summary>
    public static FlatPlan? TryCreate(RecordedStream stream, int start, int end)
    {
        if (!FlatWriter.IsAvailable || end - start > MostNodes)
        {
            return null;
        }
        bool[] isNeeded = Needed(stream, start, end);
        for (int i = start; i < end; i++)
        {
            if (isNeeded[i - start]
                && (stream.Nodes[i].Spec.Shape.Count is 0 or > MostElements || stream.Nodes[i].Spec.Layout != Engine.Layout.RowMajor))
            {
                return null;
            }
        }
        return new FlatPlan(stream, start, end, isNeeded);
    }

    public override void Run(List<Tensor> results, List<Tensor> outside, StepScope scope)
    {
        memory.Bind(results, outside);
        foreach (FlatNumber fill in fills)
        {
            fill.Update();
        }
        foreach (OtherOperation other in others)
        {
            other.Bind(memory);
        }
        FlatCalls.Run(function, memory.Addresses);
        memory.Release(results, scope);
    }

    private static bool[] Needed(RecordedStream stream, int start, int end)
    {
        bool[] isNeeded = new bool[end - start];
        for (int i = end - 1; i >= start; i--)
        {
            isNeeded[i - start] |= stream.Escapes.Contains(i);
            if (isNeeded[i - start])
            {
                foreach (int input in stream.Nodes[i].Inputs)
                {
                    if (input >= start)
                    {
                        isNeeded[input - start] = true;
                    }
                }
            }
        }
        return isNeeded;
    }

    private void Write(FlatWriter writer, RecordedNode node, int index)
    {
        FlatValue y = memory.Value(index);
        FlatValue[] inputs = Array.ConvertAll(node.Inputs, memory.Value);
        IElementwiseOperation? elementwise = node.Boxed is IElementwiseOperation { Kernel: not null } one ? one : null;
        bool isReal = y.Type.IsFloatingPoint && Array.TrueForAll(inputs, input => input.Type == y.Type);
        if (node is RecordedNode<FillOperation> fill)
        {
            fills.Add(new FlatNumber(fill, memory[index]));
        }
        else if (isReal && elementwise is not null && inputs.Length == 1)
        {
            writer.Map(elementwise, inputs[0], y, memory.IsStored(index));
        }
        else if (isReal && elementwise is not null && inputs.Length == 2
            && Array.TrueForAll(inputs, input => input.Count == 1 || memory.IsSameShape(input, index, node)))
        {
            writer.Zip(elementwise, inputs[0], inputs[1], y, memory.IsStored(index));
        }
        else if (isReal && node.Boxed is SumOperation { Inner: 1 } sum)
        {
            writer.Sum(inputs[0], sum.Outer, sum.Reduced, y, memory.IsStored(index));
        }
        else if (isReal && node.Boxed is StridedCopyOperation && inputs[0].Count == 1)
        {
            writer.Spread(inputs[0], y, memory.IsStored(index));
        }
        else
        {
            writer.Other(RunOther, others.Count);
            others.Add(new OtherOperation(node, index));
        }
    }

    private void Run(int number) => others[number].Run();

    /// <summary>An operation that runs as outside of programs, on tensors over the plan's memory.</summary>
    private sealed class OtherOperation(RecordedNode node, int index)
    {
        private readonly Tensor[] inputs = new Tensor[node.Inputs.Length];
        private Tensor? output;

        public void Bind(FlatMemory memory)
        {
            output ??= memory[index];
            for (int i = 0; i < inputs.Length; i++)
            {
                if (inputs[i] is null || memory.IsGiven(node.Inputs[i]))
                {
                    inputs[i] = memory[node.Inputs[i]];
                }
            }
        }

        public void Run() => node.Execute(inputs, output!);
    }
}
