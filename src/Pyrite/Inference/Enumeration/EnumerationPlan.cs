using System.Globalization;
using System.Text;
using Pyrite.Inference.Enumeration;
using Pyrite.Inference.Enumeration.Sums;

namespace Pyrite;

/// <summary>How the discrete sites of a model are summed out, and what it costs.</summary>
/// <param name="Sites">The sites, in the order of the model.</param>
/// <param name="Order">The tables in the order in which sites are summed out of them.</param>
/// <param name="WidestTable">The numbers of the largest table.</param>
/// <param name="Operations">The numbers of all tables together: about how many multiply-adds a sum takes.</param>
/// <param name="Runs">How many runs of the model sequential sites ask for; 1 if there are none.</param>
public sealed record EnumerationPlan(IReadOnlyList<SummedSite> Sites, IReadOnlyList<SummedTable> Order, double WidestTable, double Operations,
    int Runs)
{
    private const int ShownTables = 12;

    /// <summary>A few lines: sites, cost, and the tables.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        string sites = string.Join(", ", Sites.Take(ShownTables).Select(site => site.ToString()));
        text.Append(CultureInfo.InvariantCulture,
            $"{Sites.Count} discrete site{(Sites.Count == 1 ? "" : "s")} summed out: {sites}{(Sites.Count > ShownTables ? ", …" : "")}\n");
        text.Append(CultureInfo.InvariantCulture, $"widest table {WidestTable:N0}, {Operations:N0} multiply-adds");
        text.Append(Runs > 1 ? string.Create(CultureInfo.InvariantCulture, $", {Runs} runs of the model\n") : "\n");
        foreach (SummedTable table in Order.Take(ShownTables))
        {
            text.Append("  ").Append(table.ToString()).Append('\n');
        }
        if (Order.Count > ShownTables)
        {
            text.Append(CultureInfo.InvariantCulture, $"  … {Order.Count - ShownTables:N0} more\n");
        }
        return text.ToString();
    }

    /// <summary>The plan of runs whose scores are there.</summary>
    internal static EnumerationPlan Of(EnumeratedRuns runs)
    {
        List<SummedSite> sites = [];
        HashSet<string> names = [];
        List<SummedTable> order = [];
        foreach (EnumeratedRun run in runs.Runs)
        {
            foreach ((string name, _, int count) in run.Choices)
            {
                Add(new SummedSite(name, count, [], IsSequential: true));
            }
            foreach (EnumeratedSite site in run.Handler.Sites.Values)
            {
                string name = site.Site.Round?.Name ?? site.Site.Name;
                Add(new SummedSite(name, site.Axis.Size, [.. site.Site.Plates.Select(plate => plate.Name)], IsSequential: false)
                {
                    Rounds = site.Site.Round?.Count ?? 1,
                });
            }
            foreach ((IReadOnlyList<Factor> factors, _) in EnumeratedRuns.Explained(() => run.Factors()).Groups)
            {
                SumProduct sum = new(run.Handler.PlatesOf, keepsSteps: true);
                sum.Reduce(factors.Select(factor => factor.Sketch()), []);
                order.AddRange(sum.Steps.Select(step => new SummedTable(step.Axis.ToString(),
                    [.. step.Joint.Axes.Where(axis => axis != step.Axis).Select(axis => axis.ToString())],
                    [.. step.Joint.Plates.Select(plate => plate.Name)], Factor.Cells(step.Joint.Axes, step.Joint.Plates))));
            }
        }
        return new EnumerationPlan(sites, order, order.Count == 0 ? 0 : order.Max(table => table.Numbers), order.Sum(table => table.Numbers),
            runs.Runs.Count);

        void Add(SummedSite site)
        {
            if (names.Add(site.Name))
            {
                sites.Add(site);
            }
        }
    }
}
