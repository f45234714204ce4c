
using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class GraphTests
{
    [Fact]
    public void Dependencies_are_direct_ones()
    {
        ModelGraph graph = Inspect.Graph(() =>
        {
            Tensor a = Sample("a", new Normal(0, 1));
            Tensor b = Sample("b", new Normal(a, 1));
            Sample("c", new Normal(b, 1), observed: 1.0);
        });
        Assert.Equal(["a>b", "b>c"], Edges(graph));
        Assert.Equal([ModelGraphNodeKind.Latent, ModelGraphNodeKind.Latent, ModelGraphNodeKind.Observed], graph.Nodes.Select(n => n.Kind));
        Assert.All(graph.Nodes, n => Assert.Equal("Normal", n.Family));
    }

    [Fact]
    public void Dependencies_through_integers_comparisons_and_branches_are_found()
    {
        Tensor means = Tensor.From(new[] { -1.0, 0, 1 });
        ModelGraph graph = Inspect.Graph(() =>
        {
            Tensor k = Sample("k", new Categorical(Tensor.Ones(3) / 3));
            Sample("by index", new Normal(means.Take(k.To(DType.Int64)), 1));
            Tensor u = Sample("u", new Uniform(0, 1));
            Sample("by comparison", new Normal(Tensor.Where(u > 0.5, 1.0, 2.0), 1));
            Tensor coin = Sample("coin", new Bernoulli(0.5));
            if (coin.Item() == 1)
            {
                Sample("heads only", new Normal(0, 1));
            }
            Sample("either way", coin.Item() == 1 ? new Normal(0, 1) : new Laplace(0, 1));
        });
        string[] edges = Edges(graph);
        Assert.Contains("k>by index", edges);
        Assert.Contains("u>by comparison", edges);
        Assert.Contains("coin>either way", edges);
        Assert.DoesNotContain("k>either way", edges);
        Assert.All(edges, e => Assert.Contains(e, (string[])["k>by index", "u>by comparison", "coin>either way", "coin>heads only"]));
    }

    [Fact]
    public void Dependencies_with_zero_derivative_are_found()
    {
        ModelGraph graph = Inspect.Graph(() =>
        {
            Tensor x = Sample("x", new Normal(0, 1));
            Sample("y", new Normal((x - 100).Relu(), 1));
        });
        Assert.Equal(["x>y"], Edges(graph));
    }

    [Fact]
    public void Parameters_networks_results_and_factors_are_nodes()
    {
        Linear network = new(1, 1);
        ModelGraph graph = Inspect.Graph(() =>
        {
            Register("net", network);
            Tensor scale = Param("scale", 1.0, Constraints.Positive);
            Tensor x = Sample("x", new Normal(0, scale));
            Tensor d = Deterministic("d", network.Forward(x.Reshape(1)).Reshape(Shape.Scalar));
            Factor("f", -d.Square());
        });
        Assert.Equal(["net>d", "scale>x", "x>d", "d>f"], Edges(graph));
        Assert.Equal(
            [ModelGraphNodeKind.Module, ModelGraphNodeKind.Parameter, ModelGraphNodeKind.Latent, ModelGraphNodeKind.Deterministic,
                ModelGraphNodeKind.Factor], graph.Nodes.Select(n => n.Kind));
        Assert.Equal("positive", graph.Nodes[1].Family);
    }

    [Fact]
    public void Plates_are_boxes_in_dot_and_svg()
    {
        ModelGraph graph = Inspect.Graph(EightSchools);
        string dot = graph.ToDot();
        Assert.Equal("""
            digraph model {
              "mu" [label="mu\nNormal", shape=ellipse];
              "tau" [label="tau\nHalfCauchy", shape=ellipse];
              subgraph cluster_0 {
                label="schools (8)"; labeljust=r; labelloc=b;
                "theta" [label="theta\nNormal", shape=ellipse];
                "y" [label="y\nNormal", shape=ellipse, style=filled, fillcolor="#d1d5db"];
              }
              "mu" -> "theta";
              "tau" -> "theta";
              "theta" -> "y";
            }

            """.ReplaceLineEndings("\n"), dot);
        string svg = graph.ToSvg();
        Assert.All(["schools (8)", "mu to theta", "theta: Normal"], text => Assert.Contains(text, svg));
    }

    [Fact]
    public void Rounds_of_a_sequential_plate_share_one_box()
    {
        ModelGraph graph = Inspect.Graph(() =>
        {
            foreach (int i in SequentialPlate("words", 2))
            {
                Sample($"w{i}", new Normal(0, 1));
            }
        });
        Assert.Contains("words (2, one by one)", graph.ToDot());
        Assert.Single(graph.ToDot().Split("subgraph").Skip(1));
    }

    [Fact]
    public void Handlers_change_the_graph()
    {
        ModelGraph graph = Inspect.Graph(EightSchools, new ReparameterizeHandler(("theta", new LocScaleReparameterization(0))));
        Assert.Equal(["mu>theta", "tau>theta", "theta_decentered>theta", "theta>y"], Edges(graph));
    }

    private static string[] Edges(ModelGraph graph) => [.. graph.Edges.Select(e => $"{e.From}>{e.To}")];

    private static void EightSchools()
    {
        Tensor mu = Sample("mu", new Normal(0, 5));
        Tensor tau = Sample("tau", new HalfCauchy(5));
        using (Plate("schools", 8))
        {
            Sample("y", new Normal(Sample("theta", new Normal(mu, tau)), 10), observed: Tensor.Zeros(8));
        }
    }
}
