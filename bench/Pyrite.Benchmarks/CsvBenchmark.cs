using System.Globalization;

namespace Pyrite.Benchmarks;

/// <summary>Reading a table from a file of comma-separated values.</summary>
internal sealed class CsvBenchmark : Benchmark
{
    private const int Rows = 1_000_000;
    private const int Columns = 10;
    private const int Repeats = 5;
    private const double Mega = 1e6;

    public override string Name => "csv";

    public override string Description => "Table.ReadCsv of 1,000,000 x 10 numbers: time, and memory beside the table before it";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        BenchmarkReport report = new(Name);
        string path = Path.GetTempFileName();
        try
        {
            Write(path);
            Table.ReadCsv(path);
            Pair[] taken = [.. Enumerable.Range(0, Repeats).Select(_ => Timing.Single(() => Table.ReadCsv(path))).OrderBy(one => one.Seconds)];
            report.Add("csv_read_s", taken[Repeats / 2].Seconds, "s, 1,000,000 x 10 numbers", taken[Repeats / 2].IsDisturbed);
            GC.Collect();
            long before = GC.GetTotalMemory(forceFullCollection: true), allocated = GC.GetAllocatedBytesForCurrentThread();
            Table table = Table.ReadCsv(path);
            report.Add("csv_allocated_mb", (GC.GetAllocatedBytesForCurrentThread() - allocated) / Mega, "MB allocated while it is read");
            report.Add("csv_kept_mb", (GC.GetTotalMemory(forceFullCollection: true) - before) / Mega, "MB that the table keeps");
            GC.KeepAlive(table);
            return report.Add("csv_file_mb", new FileInfo(path).Length / Mega, "MB in the file");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Write(string path)
    {
        using StreamWriter file = new(path);
        file.WriteLine(string.Join(',', Enumerable.Range(0, Columns).Select(i => $"x{i}")));
        double[] row = new double[Columns];
        RandomKey key = RandomKey.FromSeed(1);
        for (int i = 0; i < Rows; i++)
        {
            key.Child(i).FillNormal(row);
            file.WriteLine(string.Join(',', row.Select(x => x.ToString("G9", CultureInfo.InvariantCulture))));
        }
    }
}
