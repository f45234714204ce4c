namespace Pyrite.Inspection.Diagrams;

/// <summary>Places the items of one box: layers from the arrows, an order with few crossings, and coordinates.</summary>
internal sealed class LayeredBox
{
    private const double Gap = 26;
    private const double LayerGap = 42;
    private const int Sweeps = 8;

    private readonly List<DiagramItem> items;
    private readonly Dictionary<(DiagramItem? From, DiagramItem? To), List<DiagramItem>> bends = [];
    private List<DiagramItem>[] layers = [];

    /// <summary>Places the children of a box, whose sizes are known.</summary>
    /// <param name="box">The box.</param>
    /// <param name="edges">The arrows between children; null stands for what lies outside of the box.</param>
    public LayeredBox(DiagramItem box, IEnumerable<(DiagramItem? From, DiagramItem? To)> edges)
    {
        items = [.. box.Children];
        Dictionary<DiagramItem, int> appearance = [];
        foreach (DiagramItem item in items)
        {
            appearance.Add(item, appearance.Count);
        }

        // Items appear in the order of the run, so an arrow back to an earlier box closes a circle; it does not decide layers.
        (DiagramItem? From, DiagramItem? To)[] all = [.. edges.Distinct()];
        (DiagramItem From, DiagramItem To)[] downwards =
            [.. all.Where(e => e.From is not null && e.To is not null && appearance[e.From] < appearance[e.To]).Select(e => (e.From!, e.To!))];
        AssignLayers(downwards);
        int last = items.Count == 0 ? 0 : items.Max(i => i.Layer) + 1;
        foreach ((DiagramItem? from, DiagramItem? to) in all.Where(e => e.From is null || e.To is null || appearance[e.From] < appearance[e.To]))
        {
            AddBends(box, from, to, last);
        }
        OrderLayers();
        PlaceLayers();
    }

    /// <summary>The size that the items need.</summary>
    public double Width { get; private set; }

    /// <summary>The size that the items need.</summary>
    public double Height { get; private set; }

    /// <summary>All bends of arrows.</summary>
    public IEnumerable<DiagramItem> AllBends => bends.Values.SelectMany(chain => chain);

    /// <summary>Where an arrow between two children bends on its way through the layers between them; null stands for the outside.</summary>
    public IReadOnlyList<DiagramItem> Bends(DiagramItem? from, DiagramItem? to) =>
        bends.TryGetValue((from, to), out List<DiagramItem>? found) ? found : [];

    private void AssignLayers((DiagramItem From, DiagramItem To)[] edges)
    {
        foreach (DiagramItem item in items)
        {
            foreach ((DiagramItem from, DiagramItem to) in edges)
            {
                if (to == item)
                {
                    item.Layer = Math.Max(item.Layer, from.Layer + 1);
                }
            }
        }

        // What nothing points to stands right above the first thing that it points to.
        foreach (DiagramItem item in items)
        {
            if (!edges.Any(e => e.To == item) && edges.Any(e => e.From == item))
            {
                item.Layer = edges.Where(e => e.From == item).Min(e => e.To.Layer) - 1;
            }
        }
    }

    private void AddBends(DiagramItem box, DiagramItem? from, DiagramItem? to, int lastLayer)
    {
        DiagramItem? above = from;
        List<DiagramItem> chain = [];
        for (int layer = from is null ? 0 : from.Layer + 1; layer < (to?.Layer ?? lastLayer); layer++)
        {
            DiagramItem bend = new() { Parent = box, Layer = layer, IsBend = true };
            Join(above, bend);
            chain.Add(bend);
            items.Add(bend);
            above = bend;
        }
        Join(above, to);
        bends[(from, to)] = chain;
    }

    private static void Join(DiagramItem? upper, DiagramItem? lower)
    {
        if (upper is not null && lower is not null)
        {
            upper.Below.Add(lower);
            lower.Above.Add(upper);
        }
    }

    private void OrderLayers()
    {
        layers = [.. items.GroupBy(i => i.Layer).OrderBy(g => g.Key).Select(g => g.ToList())];
        Number();
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            bool isDown = sweep % 2 == 0;
            foreach (List<DiagramItem> layer in isDown ? layers : layers.Reverse())
            {
                // OrderBy keeps the order of equals, so that the result depends on nothing else.
                List<DiagramItem> sorted = [.. layer.OrderBy(item => Barycentre(isDown ? item.Above : item.Below, item))];
                layer.Clear();
                layer.AddRange(sorted);
                Number();
            }
        }
    }

    private static double Barycentre(List<DiagramItem> neighbours, DiagramItem item) =>
        neighbours.Count == 0 ? item.Order : neighbours.Average(n => (double)n.Order);

    private void Number()
    {
        foreach (List<DiagramItem> layer in layers)
        {
            for (int i = 0; i < layer.Count; i++)
            {
                layer[i].Order = i;
            }
        }
    }

    private void PlaceLayers()
    {
        double y = 0;
        foreach (List<DiagramItem> layer in layers)
        {
            double height = layer.Max(i => i.Height), x = 0;
            foreach (DiagramItem item in layer)
            {
                item.X = x;
                item.Height = item.IsBend ? height : item.Height;
                item.Y = y + (0.5 * (height - item.Height));
                x += item.Width + Gap;
            }
            y += height + LayerGap;
        }
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            bool isDown = sweep % 2 == 0;
            foreach (List<DiagramItem> layer in isDown ? layers : layers.Reverse())
            {
                MoveTowards(layer, item => isDown ? item.Above : item.Below);
            }
        }
        double left = items.Count == 0 ? 0 : items.Min(i => i.X);
        foreach (DiagramItem item in items)
        {
            item.X -= left;
        }
        Width = items.Count == 0 ? 0 : items.Max(i => i.X + i.Width);
        Height = Math.Max(0, y - LayerGap);
    }

    /// <summary>Moves the items of a layer towards the middle of their neighbours, as far as those beside them let them.</summary>
    private static void MoveTowards(List<DiagramItem> layer, Func<DiagramItem, List<DiagramItem>> neighbours)
    {
        double[] wanted =
            [.. layer.Select(item => neighbours(item) is { Count: > 0 } joined ? joined.Average(n => n.CentreX) - (0.5 * item.Width) : item.X)];
        double edge = double.NegativeInfinity, surplus = 0;
        for (int i = 0; i < layer.Count; i++)
        {
            layer[i].X = Math.Max(wanted[i], edge);
            edge = layer[i].X + layer[i].Width + Gap;
            surplus += layer[i].X - wanted[i];
        }
        foreach (DiagramItem item in layer)
        {
            item.X -= surplus / layer.Count;
        }
    }
}
