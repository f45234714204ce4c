using Pyrite.Engine;
using Pyrite.Engine.Properties;
using Pyrite.Kernels.Code;
using Pyrite.Ops.Conditions;

namespace Pyrite.Programs.Compiled;

/// <summary>What the operations of a recorded function come down to: repeated ones are computed once; factors of 1, copies of a single number and
/// what nothing reads not at all.</summary>
/// <remarks>A result whose elements are all one number is kept as that number.</remarks>
internal sealed class ProgramSimplification
{
    private readonly RecordedProgram program;
    private readonly Dictionary<int, int> simpler = [];
    private readonly Dictionary<int, NodeKind> kinds = [];
    private readonly HashSet<int> uniform = [];

    public ProgramSimplification(RecordedProgram program)
    {
        this.program = program;
        Products = new MatrixLoops(program);
        CommonValues common = new(program, ValueOf);
        foreach (int node in program.Steps)
        {
            RecordedNode operation = program.Node(node);
            int[] inputs = Array.ConvertAll(operation.Inputs, ValueOf);
            if (SimplerValue(operation, inputs) is { } source)
            {
                simpler[node] = source;
                continue;
            }
            NodeKind kind = Products.KindOf(node) ?? Classify(operation, inputs);
            if (kind != NodeKind.Other && common.FirstLike(node) is int first && first != node)
            {
                simpler[node] = first;
                continue;
            }
            kinds[node] = kind;
            if (kind == NodeKind.Number && operation.Spec.Shape.Count > 1)
            {
                uniform.Add(node);
            }
        }
        RemoveUnused();
    }

    /// <summary>Constants all of whose elements are one number.</summary>
    public Dictionary<int, double> Literals { get; } = [];

    /// <summary>The products that loops compute.</summary>
    public MatrixLoops Products { get; }

    /// <summary>Whether a node is computed itself.</summary>
    public bool IsOwn(int node) => kinds.ContainsKey(node);

    /// <summary>How a node is computed.</summary>
    public NodeKind KindOf(int node) => kinds[node];

    /// <summary>The source that stands for a source.</summary>
    public int ValueOf(int source)
    {
        source = program.Depends(source) ? program.MemoryOf(source) : source;
        while (simpler.TryGetValue(source, out int other))
        {
            source = other;
        }
        if (!program.Depends(source) && !Literals.ContainsKey(source))
        {
            TensorSpec spec = program.SpecOf(source);
            if (spec.DType.IsFloatingPoint)
            {
                if (NumberLogic.UniformOf(program.Constant(source)) is { } uniform)
                {
                    Literals[source] = uniform;
                }
            }
            else if (spec.Shape.Count == 1 && NumberLogic.NumberOf(program.Constant(source)) is { } number)
            {
                Literals[source] = number;
            }
        }
        return source;
    }

    /// <summary>What stands for the inputs of a node; of a product, for its vector alone.</summary>
    public int[] Inputs(int node) =>
        Products.Find(node) is { } product ? [ValueOf(product.Vector)] : Array.ConvertAll(program.Node(node).Inputs, ValueOf);

    /// <summary>Whether what stands for a source is one number.</summary>
    public bool IsNumber(int source) => Literals.ContainsKey(source) || uniform.Contains(source)
        || (program.SpecOf(source) is { Shape.Count: 1 } spec
            && (spec.DType.IsFloatingPoint || spec.DType == DType.Bool
                || (spec.DType == DType.Int64 && kinds.GetValueOrDefault(source) == NodeKind.Number)));

    /// <summary>The elements that a loop over a node's operation runs through, and their type.</summary>
    public LoopSpace Space(int node)
    {
        if (Products.Find(node) is { } product)
        {
            return new LoopSpace(product.Rows, DType.Float64);
        }
        // A comparison runs through what it compares, a sum or check through what it reads.
        TensorSpec spec = program.SpecOf(kinds[node] == NodeKind.Loop ? node : program.Node(node).Inputs[0]);
        return new LoopSpace((int)spec.Shape.Count, spec.DType == DType.Bool ? program.SpecOf(program.Node(node).Inputs[0]).DType : spec.DType);
    }

    /// <summary>Forgets what nothing reads any more, such as the terms of a sum that is a product.</summary>
    private void RemoveUnused()
    {
        HashSet<int> used = Liveness.Of(
            program.Results.Concat(program.Verdicts).Select(ValueOf), source => kinds.ContainsKey(source) ? Inputs(source) : []);
        foreach (int node in kinds.Keys.Where(node => !used.Contains(node)).ToList())
        {
            kinds.Remove(node);
        }
    }

    private int? SimplerValue(RecordedNode operation, int[] inputs)
    {
        bool Is(int input, double value) => Literals.TryGetValue(inputs[input], out double literal) && literal == value;
        bool Fits(int input) => program.SpecOf(operation.Inputs[input]).Shape.Count == operation.Spec.Shape.Count;
        if (operation.Form is { Operands: 2 } form)
        {
            for (int operand = 0; operand < 2; operand++)
            {
                if (form.Neutral(operand) is { } neutral && Is(operand, neutral) && Fits(1 - operand))
                {
                    return inputs[1 - operand];
                }
            }
        }
        if (operation.Form?.Instruction == VectorInstruction.Select)
        {
            return Choices(operation.Inputs[0]) is { } taken && (IsNumber(inputs[taken]) || Fits(taken))
                && program.SpecOf(operation.Inputs[taken]).DType.IsFloatingPoint ? inputs[taken] : null;
        }
        bool isKept = operation.Boxed switch
        {
            IProgramOperation { Kind: NodeKind.Element } => IsNumber(inputs[0]),
            IProgramOperation { Kind: NodeKind.Numbers } =>
                Array.TrueForAll(inputs, input => input == inputs[0]) && operation.Spec.DType == DType.Float64,
            ICopyOperation => IsNumber(inputs[0]) && operation.Spec.DType.IsFloatingPoint,
            IConjunction => Fits(0),
            IReduction sum => !program.KeepsBits && Fits(0) && sum.Reduced == 1,
            _ => false,
        };
        return isKept ? inputs[0] : null;
    }

    /// <summary>Which input a choice by a mask takes in all places; null where it takes both, and where the mask depends on the arguments.</summary>
    private int? Choices(int mask)
    {
        if (program.Depends(mask))
        {
            return null;
        }
        ReadOnlySpan<bool> flags = program.Constant(mask).Read<bool>();
        return !flags.Contains(false) ? 1 : flags.Contains(true) ? null : 2;
    }

    /// <summary>Loops and numbers first; then what moves elements or runs its kernel on plain memory.</summary>
    private NodeKind Classify(RecordedNode operation, int[] inputs)
    {
        NodeKind kind = ClassifyInRegisters(operation, inputs);
        if (kind != NodeKind.Other || operation.Spec is not { DType: DType.Float64, Layout: Layout.RowMajor, Shape.Count: > 0 })
        {
            return kind;
        }
        return TermLayout.Fits(program, operation) ? NodeKind.Terms
            : operation.Boxed is IAddressOperation plain && Array.TrueForAll(operation.Inputs, IsPlain)
                && plain.OnAddresses(program.ShapesOf(operation), operation.Spec.Shape) is not null ? NodeKind.Call : NodeKind.Other;

        bool IsPlain(int input) => program.SpecOf(input) is { DType: DType.Float64, Layout: Layout.RowMajor, Shape.Count: > 0 };
    }

    private NodeKind ClassifyInRegisters(RecordedNode operation, int[] inputs)
    {
        object boxed = operation.Boxed;
        if (boxed is IRangeVerdict { Range.Whole: false } verdict && program.SpecOf(operation.Inputs[0]) is { DType.IsFloatingPoint: true } tested)
        {
            return IsNumber(inputs[0]) ? NodeKind.NumberCheck : NumberLogic.HasBounds(verdict, tested.DType) ? NodeKind.Check : NodeKind.Other;
        }
        long count = operation.Spec.Shape.Count;
        if (boxed is IProgramOperation own)
        {
            return own.Kind;
        }
        if (count == 1 && Array.TrueForAll(inputs, IsNumber))
        {
            if (boxed is IRangeTest { Range.Whole: false } && program.SpecOf(operation.Inputs[0]).DType.IsFloatingPoint)
            {
                return NodeKind.NumberCheck;
            }
            if (inputs.Length > 0 && NumberLogic.IsNumber(boxed, operation.Spec.DType, program.SpecOf(operation.Inputs[0]).DType))
            {
                return NodeKind.Number;
            }
        }
        if (count == 0 || operation.Spec.Layout != Layout.RowMajor)
        {
            return NodeKind.Other;
        }
        if (boxed is IElementwiseOperation { Form: { } logic } && (logic.IsComparison || (logic.ReadsTruth && IsTruthInLanes(operation.Inputs[0]))))
        {
            return FitsLogic(operation, inputs, logic) ? NodeKind.Loop : NodeKind.Other;
        }
        if (!operation.Spec.DType.IsFloatingPoint)
        {
            return NodeKind.Other;
        }
        if (operation.Form?.Instruction == VectorInstruction.Select && operation.Spec.DType == DType.Float64 && !program.Depends(operation.Inputs[0])
            && program.SpecOf(operation.Inputs[0]).Shape.Count == count && count > 1)
        {
            // A mask that is data: one of two numbers, element by element.
            return Fits(operation, inputs, first: 1) ? NodeKind.Loop : NodeKind.Other;
        }
        if (inputs.Length == 0 || Array.Exists(operation.Inputs, input => program.SpecOf(input).DType != operation.Spec.DType))
        {
            return NodeKind.Other;
        }
        if (boxed is IReduction sum)
        {
            return ClassifySum(sum, inputs[0]);
        }
        if (boxed is not IElementwiseOperation elementwise)
        {
            return NodeKind.Other;
        }
        if (Array.TrueForAll(inputs, IsNumber))
        {
            return elementwise.Kernel is not null ? NodeKind.Number : NodeKind.Other;
        }
        bool isCompiled = elementwise.Form is { } form && (!program.KeepsBits || form.FitsSteps(operation.Spec.DType));
        return isCompiled && Fits(operation, inputs, first: 0) ? NodeKind.Loop : NodeKind.Other;
    }

    /// <summary>Whether truth values are the program's own: bytes in its block, or lanes of the loop that makes them.</summary>
    private bool IsTruthInLanes(int source) => program.IsMade(source) && program.SpecOf(source) is { DType: DType.Bool, Layout: Layout.RowMajor };

    /// <summary>Whether a comparison, or what reads its truth values, can run in a loop over its elements.</summary>
    private bool FitsLogic(RecordedNode operation, int[] inputs, ElementwiseForm form)
    {
        long count = operation.Spec.Shape.Count;
        if (count == 1)
        {
            return false;
        }
        if (form.IsComparison)
        {
            DType type = program.SpecOf(operation.Inputs[0]).DType;
            return type.IsFloatingPoint && !Array.TrueForAll(inputs, IsNumber) && Array.TrueForAll(operation.Inputs, input => Matches(input, type));
        }
        return operation.Spec.DType.IsFloatingPoint && program.SpecOf(operation.Inputs[0]).Shape.Count == count
            && Array.TrueForAll(operation.Inputs[1..form.Operands], input => Matches(input, operation.Spec.DType));

        bool Matches(int input, DType type) =>
            program.SpecOf(input) is { } spec && spec.DType == type && (IsNumber(ValueOf(input)) || spec.Shape.Count == count);
    }

    private NodeKind ClassifySum(IReduction sum, int input)
    {
        if (program.KeepsBits)
        {
            return sum.Inner == 1 ? NodeKind.RowSums : NodeKind.Other;
        }
        return sum is not { Outer: 1, Inner: 1 } ? NodeKind.Other : IsNumber(input) ? NodeKind.Multiple : NodeKind.Sum;
    }

    /// <summary>Whether inputs from the first asked for on have the type of the result, and are single numbers or as many as the results.</summary>
    private bool Fits(RecordedNode operation, int[] inputs, int first)
    {
        bool fits = true;
        for (int i = first; i < inputs.Length; i++)
        {
            TensorSpec spec = program.SpecOf(operation.Inputs[i]);
            fits &= spec.DType == operation.Spec.DType && (IsNumber(inputs[i]) || spec.Shape.Count == operation.Spec.Shape.Count);
        }
        return fits;
    }
}
