using System.Reflection;
using Pyrite.Engine;
using Pyrite.Engine.Properties;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Emit;
using Pyrite.Ops.Conditions;

namespace Pyrite.Programs.Compiled;

/// <summary>Compiles the program of a recorded function: numbers first, then loops that take in as many element-wise operations as can run
/// together.</summary>
internal sealed class ProgramCompiler
{
    /// <summary>The time to compile a method grows faster than its length: bench `loops`, the first fast gradient.</summary>
    private const int NodesOfMethod = 1000;

    private readonly RecordedProgram program;
    private readonly ProgramSimplification simple;
    private readonly ProgramWriter writer;
    private readonly List<ProgramOrder.Part> schedule;
    private readonly Dictionary<int, int> methodOf = [];

    public ProgramCompiler(RecordedProgram program)
    {
        this.program = program;
        simple = new ProgramSimplification(program);
        schedule = ProgramOrder.Of(program, simple);
        writer = new ProgramWriter(program.PlaceOf, source => program.SpecOf(source).DType);
    }

    /// <summary>The operations without code of their own, in the order of their numbers.</summary>
    public List<int> Others { get; } = [];

    /// <summary>The verdicts of checks, each once.</summary>
    public int[] Verdicts => [.. program.Verdicts.Select(simple.ValueOf).Distinct()];

    /// <summary>Writes and compiles the code.</summary>
    /// <param name="rounds">Writes the loop around it, where it runs for every round of a scan; null where it runs once.</param>
    public ProgramRoutine Compile(RoundLoop? rounds = null)
    {
        foreach ((int source, double value) in simple.Literals)
        {
            writer.Literal(source, value);
        }
        rounds?.Lift(simple, schedule);
        Divide(rounds is null ? NodesOfMethod : int.MaxValue);
        HashSet<int> stored = Stored();
        int method = 0;
        rounds?.Begin(writer, stored);
        foreach ((NodeKind kind, List<int> nodes) in schedule)
        {
            if (methodOf[nodes[0]] != method)
            {
                writer.Cut();
                method++;
            }
            if (kind == NodeKind.Loop)
            {
                WriteLoop(nodes, stored);
            }
            else
            {
                Write(kind, nodes[0], stored);
            }
        }
        foreach (int source in program.Results)
        {
            Materialize(source);
        }
        rounds?.End(writer, simple, stored);
        return writer.Compile();
    }

    /// <summary>Numbers the methods into which the code is divided.</summary>
    private void Divide(int most)
    {
        int method = 0, count = 0;
        foreach ((_, List<int> nodes) in schedule)
        {
            if (count > 0 && count + nodes.Count > most)
            {
                (method, count) = (method + 1, 0);
            }
            count += nodes.Count;
            nodes.ForEach(node => methodOf[node] = method);
        }
    }

    /// <summary>Results that must stand in memory: what other steps, other methods or the caller read from there.</summary>
    private HashSet<int> Stored()
    {
        HashSet<int> stored = [];
        foreach (int result in program.Results)
        {
            stored.Add(simple.ValueOf(result));
        }
        stored.UnionWith(Verdicts);
        foreach ((NodeKind kind, List<int> nodes) in schedule)
        {
            foreach (int node in nodes)
            {
                bool readsMemory =
                    simple.KindOf(node) is NodeKind.Other or NodeKind.Element or NodeKind.Terms or NodeKind.Call or NodeKind.Product
                        or NodeKind.RowSums;
                foreach (int input in simple.Inputs(node))
                {
                    bool isNumber =
                        simple.IsNumber(input) && !readsMemory && (!methodOf.TryGetValue(input, out int method) || method == methodOf[node]);
                    if (!isNumber && !(kind == NodeKind.Loop && nodes.Contains(input)))
                    {
                        stored.Add(input);
                    }
                }
            }
        }
        return stored;
    }

    private void Write(NodeKind kind, int node, HashSet<int> stored)
    {
        RecordedNode operation = program.Node(node);
        int[] inputs = simple.Inputs(node);
        switch (kind)
        {
            case NodeKind.Number:
                WriteNumber((IElementwiseOperation)operation.Boxed, node, stored.Contains(node), inputs);
                break;
            case NodeKind.Multiple:
                writer.Multiple(inputs[0], program.SpecOf(operation.Inputs[0]).Shape.Count, node, stored.Contains(node));
                break;
            case NodeKind.NumberCheck:
                writer.Verdict(VerdictOf(node));
                break;
            case NodeKind.RowSums:
                IReduction sum = (IReduction)operation.Boxed;
                int terms = inputs[0];
                if (simple.IsNumber(terms))
                {
                    terms = program.MemoryOf(operation.Inputs[0]);
                    Materialize(terms);
                }
                writer.RowSums(terms, sum.Outer, sum.Reduced, node, stored.Contains(node));
                break;
            case NodeKind.Element:
                writer.Element(inputs[0], ((IProgramOperation)operation.Boxed).Place, node, stored.Contains(node));
                break;
            case NodeKind.Numbers:
                for (int i = 0; i < inputs.Length; i++)
                {
                    writer.Element(inputs[i], node, i);
                }
                break;
            case NodeKind.Terms:
                WriteTerms(operation, node);
                break;
            case NodeKind.Call:
                (MethodInfo method, int[] sizes) =
                    ((IAddressOperation)operation.Boxed).OnAddresses(program.ShapesOf(operation), operation.Spec.Shape)!.Value;
                writer.Call(method, [.. operation.Inputs.Select(InMemory), node], sizes);
                break;
            default:
                foreach (int input in operation.Inputs.Where(program.Depends))
                {
                    Materialize(program.MemoryOf(input));
                }
                program.PlaceOf(node);
                writer.Other(Others.Count);
                Others.Add(node);
                break;
        }
    }

    private void WriteTerms(RecordedNode operation, int node)
    {
        TermLayout layout = new(program, operation);
        if (layout.NeedsZeros)
        {
            writer.Clear(node, (int)operation.Spec.Shape.Count);
        }
        for (int i = 0; i < operation.Inputs.Length; i++)
        {
            layout.Write(writer, program.Constants, i, InMemory(operation.Inputs[i]), node);
        }
    }

    /// <summary>A source whose elements stand in memory, as many as an input has.</summary>
    private int InMemory(int input)
    {
        int value = simple.ValueOf(input);
        if (!program.Depends(input))
        {
            return input;
        }
        if (!simple.IsNumber(value))
        {
            return value;
        }
        Materialize(program.MemoryOf(input));
        return program.MemoryOf(input);
    }

    private void WriteNumber(IElementwiseOperation operation, int node, bool isStored, int[] inputs)
    {
        if (operation.Form?.Instruction == VectorInstruction.Select)
        {
            writer.Choice(inputs[0], inputs[1], inputs[2], node, isStored);
        }
        else if (operation.ConvertsTo is { } type)
        {
            writer.Conversion(inputs[0], type, node, isStored);
        }
        else if (NumberLogic.RelationOf(operation) is { } relation)
        {
            writer.Comparison(relation, inputs[0], inputs[1], node, isStored);
        }
        else
        {
            writer.Number(operation, node, isStored, inputs);
        }
    }

    /// <summary>Brings a result that another one stands for to its own place.</summary>
    private void Materialize(int source)
    {
        int value = simple.ValueOf(source);
        int count = (int)program.SpecOf(source).Shape.Count;
        if (program.IsGiven(source))
        {
            program.PlaceOf(source);
        }
        else if (simple.IsNumber(value) && (value != source || count > 1))
        {
            writer.Spread(value, source, count);
        }
        else if (value != source)
        {
            writer.Copy(value, source, count);
        }
    }

    private void WriteLoop(List<int> nodes, HashSet<int> stored)
    {
        (int count, DType type) = simple.Space(nodes[0]);
        LoopWork work = new(count, type, stored, program.Constants.Mask(count % (VectorCode.Width / type.ByteSize), type), program.KeepsBits);
        foreach (int node in nodes)
        {
            if (simple.Products.Find(node) is { } product)
            {
                AddProduct(work, node, product);
                continue;
            }
            int[] inputs = simple.Inputs(node);
            work.Singles.UnionWith(inputs.Where(simple.IsNumber));
            switch (simple.KindOf(node))
            {
                case NodeKind.Sum:
                    work.Sums.Add(new LoopSum(node, inputs[0], stored.Contains(node)));
                    break;
                case NodeKind.Check:
                    work.Verdicts.Add(VerdictOf(node));
                    break;
                default:
                    ElementwiseForm form = program.Node(node).Form!;
                    if (form.IsComparison)
                    {
                        work.Truths.Add(node);
                    }
                    else if (form.ReadsTruth && program.Depends(inputs[0]))
                    {
                        work.Truths.Add(inputs[0]);
                    }
                    work.Instructions.Add(new LoopInstruction(node, form, inputs[..form.Operands]));
                    break;
            }
        }
        if (work.Products.Count + work.TransposedProducts.Count > 0)
        {
            new BlockLoopWriter(writer, work).Write();
        }
        else
        {
            LoopWriter.Write(writer, work);
        }
    }

    private void AddProduct(LoopWork work, int node, ProductSide product)
    {
        const int Block = MatrixPanels.Depth;
        Place matrix = program.Constants.Panels(product.Matrix, product.LoopAxis);
        if (!product.IsTransposed)
        {
            int vector = program.MemoryOf(product.Vector);
            Materialize(vector);
            work.Products.Add(new LoopProduct(node, vector, matrix, product.Columns, program.Reserve(Block * VectorCode.Width)));
            return;
        }
        int weight = simple.ValueOf(product.Vector);
        if (simple.IsNumber(weight))
        {
            work.Singles.Add(weight);
        }
        if (!work.Weights.ContainsKey(weight))
        {
            work.Weights[weight] = program.Reserve(Block * VectorCode.Width);
        }
        work.TransposedProducts.Add(
            new LoopProduct(node, weight, matrix, product.Columns, program.Reserve((long)product.Columns * VectorCode.Width)));
    }

    private LoopVerdict VerdictOf(int node) => new(node, simple.Inputs(node)[0], ((IRangeTest)program.Node(node).Boxed).Range);
}
