using Pyrite.Inspection.Diagrams;

namespace Pyrite.Tests.Inspection.Diagrams;

public sealed class DiagramTests
{
    [Fact]
    public void Arrows_point_downwards_where_they_can()
    {
        DiagramLayout layout = Make(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("a", "c"), ("d", "c")]).Layout;
        foreach (PlacedEdge edge in layout.Edges)
        {
            Assert.True(edge.Points[0].Y < edge.Points[^1].Y);
            Assert.Equal(Area(layout, edge.From).Bottom, edge.Points[0].Y);
            Assert.Equal(Area(layout, edge.To).Top, edge.Points[^1].Y);
        }
    }

    [Fact]
    public void An_arrow_over_several_layers_passes_beside_what_lies_between()
    {
        DiagramLayout layout = Make(["a", "b", "c"], [("a", "b"), ("b", "c"), ("a", "c")]).Layout;
        PlacedEdge direct = layout.Edges.Single(e => (e.From, e.To) == ("a", "c"));
        DiagramArea between = Area(layout, "b");
        Assert.All(direct.Points, p => Assert.False(between.Grow(2).Contains(p)));
        Assert.Contains(direct.Points, p => p.Y >= between.Top && p.Y <= between.Bottom);
    }

    [Fact]
    public void An_arrow_into_a_box_passes_beside_the_nodes_of_upper_layers()
    {
        DiagramNode[] nodes =
            [.. new[] { "scale", "theta", "y" }.Select(n => new DiagramNode(n, "Normal", DiagramNodeStyle.Open, n == "scale" ? [] : ["rows"]))];
        DiagramLayout layout =
            new Diagram(nodes, [new DiagramEdge("scale", "theta"), new DiagramEdge("theta", "y"), new DiagramEdge("scale", "y")]).Layout;
        PlacedEdge direct = layout.Edges.Single(e => (e.From, e.To) == ("scale", "y"));
        DiagramArea between = Area(layout, "theta");
        Assert.All(direct.Points, p => Assert.False(between.Grow(2).Contains(p)));
        Assert.Contains(direct.Points, p => p.Y >= between.Top && p.Y <= between.Bottom);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Boxes_hold_their_nodes_and_no_others_and_nothing_overlaps(int seed)
    {
        (DiagramNode[] nodes, DiagramEdge[] edges) = RandomGraph(seed);
        DiagramLayout layout = new Diagram(nodes, edges).Layout;
        for (int i = 0; i < layout.Nodes.Length; i++)
        {
            Assert.InRange(layout.Nodes[i].Area.Left, -1e-9, layout.Width);
            Assert.InRange(layout.Nodes[i].Area.Right, 0, layout.Width + 1e-9);
            for (int j = 0; j < i; j++)
            {
                Assert.False(Overlap(layout.Nodes[i].Area, layout.Nodes[j].Area));
            }
        }
        string[] paths = [.. nodes.SelectMany(n => Enumerable.Range(1, n.Boxes.Count).Select(d => string.Join("/", n.Boxes.Take(d)))).Distinct()];
        Assert.Equal(paths.Length, layout.Boxes.Length);
        foreach (PlacedBox box in layout.Boxes)
        {
            PlacedNode[] inside = [.. layout.Nodes.Where(n => Overlap(n.Area, box.Area))];
            Assert.NotEmpty(inside);
            Assert.All(inside, n => Assert.Contains(box.Label, n.Node.Boxes));
            Assert.All(inside,
                n => Assert.True(
                    n.Area.Left > box.Area.Left && n.Area.Right < box.Area.Right && n.Area.Top > box.Area.Top && n.Area.Bottom < box.Area.Bottom));
        }
        foreach (DiagramNode node in nodes)
        {
            DiagramArea area = Area(layout, node.Name);
            Assert.Equal(node.Boxes.Count, layout.Boxes.Count(b => Overlap(area, b.Area)));
        }
    }

    [Fact]
    public void Circles_are_drawn_with_an_arrow_upwards()
    {
        DiagramLayout layout = Make(["a", "b"], [("a", "b"), ("b", "a")]).Layout;
        Assert.True(layout.Edges[1].Points[0].Y > layout.Edges[1].Points[^1].Y);
    }

    [Fact]
    public void The_picture_says_what_it_shows_and_is_the_same_every_time()
    {
        Diagram Draw() =>
            new([new DiagramNode("mu", "Normal", DiagramNodeStyle.Open, []), new DiagramNode("y", "Normal", DiagramNodeStyle.Filled, ["rows (3)"])],
                [new DiagramEdge("mu", "y")], "Model");
        string svg = Draw().ToSvg();
        Assert.Equal(svg, Draw().ToSvg());
        Assert.All(["<title>Model</title>", "mu: Normal", ">rows (3)<", "aria-label=\"mu to y\""], text => Assert.Contains(text, svg));
    }

    [Fact]
    public void Names_that_are_not_nodes_are_refused()
    {
        Assert.Contains("\"x\"", Assert.Throws<ArgumentException>(() => Make(["a"], [("a", "x")])).Message);
        Assert.Contains("unique", Assert.Throws<ArgumentException>(() => Make(["a", "a"], [])).Message);
    }

    private static Diagram Make(string[] names, (string From, string To)[] edges) =>
        new([.. names.Select(n => new DiagramNode(n, "", DiagramNodeStyle.Open, []))], [.. edges.Select(e => new DiagramEdge(e.From, e.To))]);

    private static DiagramArea Area(DiagramLayout layout, string name) => layout.Nodes.Single(n => n.Node.Name == name).Area;

    private static bool Overlap(DiagramArea a, DiagramArea b) => a.Left < b.Right && b.Left < a.Right && a.Top < b.Bottom && b.Top < a.Bottom;

    private static (DiagramNode[] Nodes, DiagramEdge[] Edges) RandomGraph(int seed)
    {
        Random random = new(seed);
        string[][] boxes = [[], ["p"], ["p", "q"], ["r"], ["p", "s"], ["p", "q", "t"]];
        DiagramNode[] nodes =
            [.. Enumerable.Range(0, 12)
                .Select(i => new DiagramNode($"n{i}", i % 3 == 0 ? "" : "Normal", DiagramNodeStyle.Open, boxes[random.Next(boxes.Length)]))];
        DiagramEdge[] edges =
            [.. Enumerable.Range(0, 18).Select(_ => (From: random.Next(11), Step: random.Next(1, 4))).Where(e => e.From + e.Step < 12)
                .Select(e => new DiagramEdge($"n{e.From}", $"n{e.From + e.Step}")).Distinct()];
        return (nodes, edges);
    }
}
