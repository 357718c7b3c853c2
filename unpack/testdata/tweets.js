window.YTD.tweets.part0 = [
  {"tweet": {"id_str": "9001", "created_at": "Tue Mar 04 10:11:12 +0000 2031", "full_text": "Seven killed &amp; 12 injured in Tel Marun https://t.co/abc", "lang": "en",
    "entities": {"urls": [{"url": "https://t.co/abc", "expanded_url": "https://marun.example/report"}]},
    "extended_entities": {"media": [{"media_url_https": "https://pbs.twimg.example/media/Xyz.jpg"}]}}},
  {"tweet": {"id_str": "9002", "created_at": "Tue Mar 04 11:00:00 +0000 2031", "full_text": "RT @selm_defence: Our teams pulled 12 wounded out of the market of Selm.", "lang": "en"}},
  {"tweet": {"id_str": "9003", "created_at": "Tue Mar 04 12:00:00 +0000 2031", "full_text": "@someone Eight by now.", "lang": "en", "in_reply_to_status_id_str": "8999",
    "edit_info": {"initial": {"editTweetIds": ["9000", "9003"]}}}},
  {"id_str": "9004", "created_at": "Tue Mar 04 13:00:00 +0000 2031", "full_text": "قتل خمسة أشخاص", "lang": "ar"},
  {"tweet": {"id_str": "9005", "created_at": "one day", "full_text": "No date."}},
  {"tweet": {}}
]
