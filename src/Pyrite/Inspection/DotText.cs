using System.Globalization;
using System.Text;

namespace Pyrite.Inspection;

/// <summary>Writes a model graph in the DOT language.</summary>
internal static class DotText
{
    /// <summary>The whole document.</summary>
    public static string Write(ModelGraph graph)
    {
        StringBuilder text = new("digraph model {\n");
        int clusters = 0;
        WriteLevel(text, graph.Nodes, depth: 0, ref clusters);
        foreach (ModelGraphEdge edge in graph.Edges)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {Quote(edge.From)} -> {Quote(edge.To)};\n");
        }
        return text.Append("}\n").ToString();
    }

    /// <summary>The nodes that lie in no further plate, then a cluster for each plate.</summary>
    private static void WriteLevel(StringBuilder text, IEnumerable<ModelGraphNode> nodes, int depth, ref int clusters)
    {
        string indent = new(' ', 2 * (depth + 1));
        ModelGraphNode[] all = [.. nodes];
        foreach (ModelGraphNode node in all.Where(n => n.Plates.Count == depth))
        {
            string label = node.Family.Length == 0 ? node.Name : $"{node.Name}\n{node.Family}";
            text.Append(CultureInfo.InvariantCulture, $"{indent}{Quote(node.Name)} [label={Quote(label)}, {Style(node.Kind)}];\n");
        }
        foreach (IGrouping<PlateFrame, ModelGraphNode> plate in all.Where(n => n.Plates.Count > depth).GroupBy(n => n.Plates[depth]))
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{indent}subgraph cluster_{clusters++} {{\n{indent}  label={Quote(ModelGraph.Label(plate.Key))}; labeljust=r; labelloc=b;\n");
            WriteLevel(text, plate, depth + 1, ref clusters);
            text.Append(CultureInfo.InvariantCulture, $"{indent}}}\n");
        }
    }

    private static string Style(ModelGraphNodeKind kind) => kind switch
    {
        ModelGraphNodeKind.Observed => "shape=ellipse, style=filled, fillcolor=\"#d1d5db\"",
        ModelGraphNodeKind.Deterministic => "shape=ellipse, style=dashed",
        ModelGraphNodeKind.Parameter => "shape=plaintext",
        ModelGraphNodeKind.Module => "shape=box",
        ModelGraphNodeKind.Factor => "shape=box, style=filled, fillcolor=\"#d1d5db\"",
        _ => "shape=ellipse",
    };

    private static string Quote(string text) => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n")}\"";
}
