namespace Pyrite.Programs.Compiled;

/// <summary>The order of a compiled program: numbers as early as possible, then loops over elements.</summary>
internal sealed class ProgramOrder : WalkOrder<int>
{
    private readonly ProgramSimplification simple;
    private readonly List<Part> schedule = [];

    private ProgramOrder(RecordedProgram program, ProgramSimplification simple)
        : base(program.Steps.Where(simple.IsOwn), node => node, node => Array.FindAll(simple.Inputs(node), program.IsMade), []) =>
        this.simple = simple;

    /// <summary>What runs in order: how, and the operations that run together.</summary>
    public static List<Part> Of(RecordedProgram program, ProgramSimplification simple)
    {
        ProgramOrder order = new(program, simple);
        order.Run();
        return order.schedule;
    }

    protected override bool IsAlone(int node) => !Begins(node);

    protected override bool Begins(int node) => simple.KindOf(node)
        is NodeKind.Loop or NodeKind.Sum or NodeKind.Check or NodeKind.Product or NodeKind.TransposedProduct;

    protected override bool Joins(int node, int first, Dictionary<int, int> walk) => Begins(node) && simple.Space(node) == simple.Space(first);

    /// <summary>Sums and products of transposed matrices are there only after the loop, and a product reads its whole vector.</summary>
    protected override bool HandsOn(int maker, int reader) =>
        simple.KindOf(maker) is NodeKind.Loop or NodeKind.Product && simple.KindOf(reader) != NodeKind.Product;

    protected override void AddAlone(int node) => schedule.Add(new Part(simple.KindOf(node), [node]));

    protected override void AddWalk(List<int> nodes) => schedule.Add(new Part(NodeKind.Loop, nodes));

    /// <summary>Operations that run together, in an order that respects what they read.</summary>
    internal sealed record Part(NodeKind Kind, List<int> Nodes);
}
