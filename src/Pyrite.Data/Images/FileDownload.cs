using System.Net;

namespace Pyrite.Images;

/// <summary>Fetches checked files into a folder, from the first mirror that has them whole.</summary>
internal sealed class FileDownload(HttpClient client, IReadOnlyList<Uri> mirrors, IReadOnlyList<RemoteFile> files)
{
    private const int BlockBytes = 1 << 16;

    /// <summary>How long a mirror may stay silent before the next one is tried.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Fetches what is not there yet; after a failure a folder made here is gone again unless files came before.</summary>
    public async Task RunAsync(string folder, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        bool isNew = !Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        try
        {
            for (int i = 0; i < files.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await EnsureAsync(files[i], i + 1, folder, progress, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            if (isNew && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }
    }

    private async Task EnsureAsync(RemoteFile file, int number, string folder, IProgress<DownloadProgress>? progress,
        CancellationToken cancellationToken)
    {
        if (file.FindIn(folder) is string present && file.FindFault(present) is null)
        {
            long length = new FileInfo(present).Length;
            progress?.Report(new(Path.GetFileName(present), number, files.Count, length, length));
            return;
        }
        List<string> faults = [];
        foreach (Uri mirror in mirrors)
        {
            Uri address = new(mirror.AbsoluteUri.EndsWith('/') ? mirror : new Uri(mirror.AbsoluteUri + "/"), file.Name);
            string temporary = Path.Combine(folder, $".{file.Name}.{Path.GetRandomFileName()}.part");
            try
            {
                string? fault =
                    await FetchAsync(address, file, temporary,
                        (received, total) => progress?.Report(new(file.Name, number, files.Count, received, total)),
                        cancellationToken).ConfigureAwait(false);
                fault ??= file.FindFault(temporary);
                if (fault is null)
                {
                    File.Move(temporary, Path.Combine(folder, file.Name), overwrite: true);
                    return;
                }
                faults.Add($"{address}: {fault}");
            }
            finally
            {
                File.Delete(temporary);
            }
        }
        throw new IOException(
            $"Cannot download {file.Name} into \"{folder}\": expected it from one of {mirrors.Count} mirrors; found none that has it. Check "
                + "the network, pass other mirrors, or copy the file into the folder yourself."
            + string.Concat(faults.Select(fault => Environment.NewLine + "  " + fault)));
    }

    /// <summary>Writes what the mirror sends; null, or what the mirror did wrong. Trouble with the disk is thrown, since no other mirror would
    /// help.</summary>
    private async Task<string?> FetchAsync(Uri address, RemoteFile file, string path, Action<long, long?> report, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using FileStream target = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        long received = 0;
        try
        {
            using HttpResponseMessage response =
                await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return $"status {(int)response.StatusCode} {response.ReasonPhrase}";
            }
            long? total = response.Content.Headers.ContentLength;
            long limit = file.MostBytes;
            using Stream body = await response.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
            var block = new byte[BlockBytes];
            while (true)
            {
                patience.CancelAfter(Patience);
                int count = await body.ReadAsync(block, patience.Token).ConfigureAwait(false);
                if (count == 0)
                {
                    return null;
                }
                received += count;
                if (received > limit || total > limit)
                {
                    return $"more than {limit:N0} bytes, which is too long for this file";
                }
                target.Write(block, 0, count);
                report(received, total);
            }
        }
        catch (Exception fault) when (fault is HttpRequestException or HttpIOException)
        {
            return $"connection lost after {received:N0} bytes: {fault.Message}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {Patience.TotalSeconds:0.#} s, after {received:N0} bytes";
        }
    }
}
