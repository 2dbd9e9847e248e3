"""Invented conversations: what follow-ups mean, and questions that nothing said before may touch."""

# ruff: noqa: E501 (a table is read by its lines)

from __future__ import annotations

# Each block is a question, what was answered to it (<), by which outlets (@), and follow-ups (after others,
# where there is a /) with what they mean; + is the question before and the follow-up side by side.
FOLLOW_UPS = """
How many people died in the quake in Turkey?
  and in Syria? → How many people died in the quake in Syria?
  And Syria? → How many people died in the quake in Syria?
  What about Syria? → How many people died in the quake in Syria?
  in syria? → How many people died in the quake in syria?
  who said that? → +
  when was that? → When was the quake in Turkey?
  how many of them were children? → How many of the people who died in the quake in Turkey were children?
  and children? → How many children died in the quake in Turkey?
  and what did the Guardian say? → What did the Guardian say about the quake in Turkey?
  And the BBC? → How many people died in the quake in Turkey, according to the BBC?
  And then? → +
  By whom? → +
  and in Syria? / and in Iraq? → How many people died in the quake in Iraq?
  and in Syria? / when was that? → When was the quake in Syria?
  and in Syria? / how many of them were children? / and women? → How many of the people who died in the quake in Syria were women?

How many died in the quake in Turkey?
  and in Syria? → How many died in the quake in Syria?
  How many of them were children? → How many of the people who died in the quake in Turkey were children?

how many people died in the quake in turkey?
  and in syria? → how many people died in the quake in syria?

How many people died in the quake?
  And in Syria? → How many people died in the quake in Syria?

How many people died in the quake in 2023?
  And in Syria? → How many people died in the quake in Syria in 2023?

What is the population of Tarrany?
  And of Skerrow? → What is the population of Skerrow?
  and Skerrow? → What is the population of Skerrow?

How many people live in the capital?
  And in Tillbrook? → How many people live in Tillbrook?

How many visitors came in 2024?
  what about the year before? → How many visitors came in 2023?
  And a year later? → How many visitors came in 2025?
  and two years earlier? → How many visitors came in 2022?
  and the year before? / and the year before? → How many visitors came in 2022?

How many visitors came to Halvern last year?
  And the year before? → How many visitors came to Halvern two years ago?

How many visitors came in January 2024?
  and the month before? → How many visitors came in December 2023?

How many visitors came in March 2024?
  And in April? → How many visitors came in April 2024?
  what about 2025? → How many visitors came in March 2025?

Who won the 2024 election in Halvern?
  and 2020? → Who won the 2020 election in Halvern?

How many visitors came to Halvern?
  what about 2024? → How many visitors came to Halvern in 2024?
  the year before? → How many visitors came to Halvern the year before?

What did the mayor announce on Monday?
  And on Tuesday? → What did the mayor announce on Tuesday?
  And yesterday? → What did the mayor announce yesterday?

Did the mayor resign?
  why? → Why did the mayor resign?
  When was that? → When did the mayor resign?

Where did the ferry capsize?
  When? → When did the ferry capsize?

Why did Ada Thule leave the council?
  And when was that? → When did Ada Thule leave the council?

Who won the election in Halvern?
  when was that? → When was the election in Halvern?

Who resigned?
  why? → +

How many aid workers were killed in Gaza?
  Were any of them Tarran? → Were any of the aid workers who were killed in Gaza Tarran?

What did the Guardian say about the rail strike in Ennismore?
  And the BBC? → What did the BBC say about the rail strike in Ennismore?
  and what did Reuters say? → What did Reuters say about the rail strike in Ennismore?
  what about the bbc? → What did the bbc say about the rail strike in Ennismore?
  and in Port Ellery? → What did the Guardian say about the rail strike in Port Ellery?
  And the BBC? / and in Port Ellery? → What did the BBC say about the rail strike in Port Ellery?

How many people died in the quake in Turkey?
@ Coastal Voice
  and Coastal Voice? → How many people died in the quake in Turkey, according to Coastal Voice?

What happened to the ferry Lady Corran?
  what happened next? → What happened to the ferry Lady Corran next?
  And when did it capsize? → When did the ferry Lady Corran capsize?
  How many people did it carry? → How many people did the ferry Lady Corran carry?
  How many people died? → +
  Who else was on board? → +
  Who was responsible for that? → +
  Did that cause any damage? → +
  How many people died? / Was anyone arrested? → What happened to the ferry Lady Corran? Was anyone arrested?

Who runs the ferry?
  What happened then? → +
  When was it built? → When was the ferry built?

Did the harbour bridge open in May 2024?
  How much did it cost? → How much did the harbour bridge cost?

Will the new bridge open in May?
  who designed it? → Who designed the new bridge?

Who is the mayor of Halvern?
< Ada Thule was elected mayor of Halvern on Sunday. Gerard Fenn came second.
  is she still in office? → Is Ada Thule still in office?
  How old is she? → How old is Ada Thule?
  What is her party? → What is Ada Thule's party?
  Who voted for her? → Who voted for Ada Thule?

Who is the president of Tarrany?
  is he still in office? → Is the president of Tarrany still in office?

What did Ilya Brandt say about the strike?
  When did he resign? → When did Ilya Brandt resign?

What did the mayor announce in January?
  why did she resign? → Why did the mayor resign?

Who is the mayor of Halvern?
  And the governor? → Who is the governor of Halvern?

How old is Ilya Brandt?
  And Gerard Fenn? → How old is Gerard Fenn?

Did Brandt visit Turkey?
  And Fenn? → Did Fenn visit Turkey?
  And Syria? → Did Brandt visit Syria?

How much did the ferry cost?
  what about the new bridge? → How much did the new bridge cost?

What is the retirement age for men?
  and for women? → What is the retirement age for women?

What is the capital of Tarrany?
  how many people live there? → How many people live in Tarrany?

Did Turkey and Syria sign the treaty?
  When did they sign? → When did Turkey and Syria sign?

Which unions called the strike?
  What do they want? → What do the unions that called the strike want?

What caused the wildfire near Port Ellery?
  and near Tillbrook? → What caused the wildfire near Tillbrook?
  Was anyone killed? → +
  How big was it? → How big was the wildfire near Port Ellery?
  Is it out now? → Is the wildfire near Port Ellery out now?
  who put it out? → Who put the wildfire near Port Ellery out?
  how many homes were destroyed? → +
  When? → When was the wildfire near Port Ellery?
  And how long did it last? → How long did the wildfire near Port Ellery last?

How much has the Narrows Bridge cost so far?
  and the tram line? → How much has the tram line cost so far?
  Why did it cost so much? → Why did the Narrows Bridge cost so much?
  Who is paying for it? → Who is paying for the Narrows Bridge?
  and when will it open? → When will the Narrows Bridge open?

Who won the parliamentary election in Tarrany in 2022?
  And in 2018? → Who won the parliamentary election in Tarrany in 2018?
  what about four years earlier? → Who won the parliamentary election in Tarrany in 2018?
  And in Skerrow? → Who won the parliamentary election in Skerrow in 2022?
  How many seats did they win? → +

Who won the parliamentary election in Tarrany in 2022?
< Ilya Brandt's Coast Party won the election with 41 per cent, the commission said.
@ The Halvern Courier
  How old is he? → How old is Ilya Brandt?
  who is he married to? → Who is Ilya Brandt married to?
  And what did the Halvern Courier report? → What did the Halvern Courier report about the parliamentary election in Tarrany in 2022?
  Who said that? → +
  Which party does he lead? → Which party does Ilya Brandt lead?
  When did it take place? → When did the parliamentary election in Tarrany in 2022 take place?

When did the volcano on Skerrow erupt?
  Why? → Why did the volcano on Skerrow erupt?
  Where is it? → Where is the volcano on Skerrow?
  How many people live there? → How many people live on Skerrow?
  were there any warnings? → +
  is it dangerous? → Is the volcano on Skerrow dangerous?
  What happened afterwards? → +

What did Odile Renshaw say about the reservoir?
  who is she? → Who is Odile Renshaw?
  What is her job? → What is Odile Renshaw's job?
  How full is it? → How full is the reservoir?
  And Jonas Wray? → What did Jonas Wray say about the reservoir?
  And about the drought? → What did Odile Renshaw say about the drought?
  When did she say that? → When did Odile Renshaw say that?
  Does anyone disagree with her? → Does anyone disagree with Odile Renshaw?
  What else did she say? → +

Is Ada Thule the mayor of Halvern?
  Since when? → +
  and before her? → +
  Who was mayor before her? → Who was mayor before Ada Thule?

How many goals did Kost save last season?
  and this season? → How many goals did Kost save this season?
  And the season before? → How many goals did Kost save two seasons ago?

What was the unemployment rate in March?
  and in April? → What was the unemployment rate in April?
  the month before? → What was the unemployment rate in February?
  And inflation? → +

Which teams reached the final?
  Which of them won? → Which of the teams that reached the final won?

Did the council approve the budget?
  How did it vote? → How did the council vote?
  how much is it? → How much is the budget?

When was the Treaty of Halvern signed?
  by whom? → +
  What does it say? → What does the Treaty of Halvern say?

Where was the missing girl found?
  who found her? → Who found the missing girl?
  Is she alive? → Is the missing girl alive?

What is Tarran Rail planning?
  Are they hiring? → +
  and Skerrow Ferries? → What is Skerrow Ferries planning?

who is striking at the port
  what do they want → +

how many cases of whooping cough in tarrany
  and in skerrow → how many cases of whooping cough in skerrow
  what about last year → how many cases of whooping cough in tarrany last year?

What did ministers decide on Friday?
  and on Saturday? → What did ministers decide on Saturday?
  How did the unions react? → +

why did the trams stop in halvern yesterday
< A power cut stopped every tram, Halvern Trams said. “A rat,” said Petra Voss, its chief engineer.
@ The Halvern Courier, Radio Tarrany
  what did she say? → What did Petra Voss say?
  And Radio Tarrany? → why did the trams stop in halvern yesterday, according to Radio Tarrany?
  and in Port Ellery? → why did the trams stop in Port Ellery yesterday
  for how long? → +
  Are they running again? → Are the trams running again?
  has this happened before? → +
  How often does that happen? → +
  what about the buses? → why did the buses stop in halvern yesterday
  and the day before? → +

Who scored for Athletic in the cup final?
< Dario Kost scored twice as Athletic beat Port Ellery 3-1.
  How old is he? → How old is Dario Kost?
  Where was he born? → Where was Dario Kost born?
  Which club did he play for before? → Which club did Dario Kost play for before?
  and for Port Ellery? → Who scored for Port Ellery in the cup final?
  And in the semi-final? → Who scored for Athletic in the semi-final?
  who was the referee? → +
  How many people watched it? → How many people watched the cup final?
  Where was it played? → Where was the cup final played?
  what was the score? → +
  How old is he? / and Marek Sonn? → How old is Marek Sonn?
  How old is he? / and Marek Sonn? / Where does he live? → Where does Marek Sonn live?

What is the National Statistics Office's figure for inflation in February?
< Inflation was 3.2 per cent in February, the National Statistics Office said.
  and in January? → What is the National Statistics Office's figure for inflation in January?
  And unemployment? → +
  and for unemployment? → What is the National Statistics Office's figure for unemployment in February?
  and a year earlier? → What is the National Statistics Office's figure for inflation in February a year earlier?
  Is that more than expected? → +
  What do economists say about it? → What do economists say about the National Statistics Office's figure?
  how is it calculated? → How is the National Statistics Office's figure calculated?
  and in January? / and in the euro zone? → What is the National Statistics Office's figure for inflation in the euro zone in January?

Did the European Union approve the fisheries deal with Tarrany?
< The European Union approved the deal on 4 May.
  When? → When did the European Union approve the fisheries deal with Tarrany?
  What is in it? → What is in the fisheries deal with Tarrany?
  and with Skerrow? → Did the European Union approve the fisheries deal with Skerrow?
  Who opposed it? → Who opposed the fisheries deal with Tarrany?
  why not? → +
  And Norway? → Did Norway approve the fisheries deal with Tarrany?
  Did the parliament vote on it? → Did the parliament vote on the fisheries deal with Tarrany?
  When? / and the trade deal? → When did the European Union approve the trade deal with Tarrany?

Where is the whooping cough outbreak worst?
< The outbreak is worst in Arlen, where 412 cases were reported.
  How many cases are there? → +
  And the measles outbreak? → Where is the measles outbreak worst?
  when did it start? → When did the whooping cough outbreak start?
  How many of them are children? → +
  Who is most at risk? → +
  Is there a vaccine for it? → Is there a vaccine for the whooping cough outbreak?
  what are the symptoms? → +
  when did it start? / and the measles outbreak? → When did the measles outbreak start?

How many hospital beds are empty in Halvern?
< Some 214 beds were empty on Sunday, said Lena Oster of the health board.
@ Tarran Ledger
  and in Arlen? → How many hospital beds are empty in Arlen?
  Who said so? → +
  What does the Ledger say? → +
  Why? → +
  When will they be needed? → When will the hospital beds that are empty in Halvern be needed?
  and in Arlen? / How many of them are in intensive care? → How many of the hospital beds that are empty in Arlen are in intensive care?

Is the Skerrow ferry running tomorrow?
< No. The ferry is in dock until Friday.
  And on Saturday? → Is the Skerrow ferry running on Saturday?
  Why not? → +
  when will it be back? → When will the Skerrow ferry be back?
  what about the Lanno ferry? → Is the Lanno ferry running tomorrow?
  Is there another way to get there? → +
  And on Saturday? / Sunday? → Is the Skerrow ferry running on Sunday?

Who designed the new opera house in Port Ellery?
< The opera house was designed by Maren Stahl, who won the Lindqvist prize in 2019.
  What else has she designed? → +
  How old is she? → How old is Maren Stahl?
  what did it cost? → What did the new opera house in Port Ellery cost?
  And the library? → Who designed the library in Port Ellery?
  when did she win the prize? → When did Maren Stahl win the prize?
  Do people like it? → Do people like the new opera house in Port Ellery?
  was it finished on time? → Was the new opera house in Port Ellery finished on time?
  and in Halvern? → Who designed the new opera house in Halvern?
  How old is she? / Where does she work? → Where does Maren Stahl work?
  How old is she? / and Jonas Wray? → How old is Jonas Wray?

What was said about the merger of Halvern Water and Carrow Power in September 2025?
< Regulators said they would look at the merger.
  and in October? → What was said about the merger of Halvern Water and Carrow Power in October 2025?
  the month before? → What was said about the merger of Halvern Water and Carrow Power in August 2025?
  did it go ahead? → Did the merger of Halvern Water and Carrow Power go ahead?
  Who opposed it? → Who opposed the merger of Halvern Water and Carrow Power?
  And how did the unions respond? → How did the unions respond to the merger of Halvern Water and Carrow Power?

How much did house prices rise in Tarrany in 2025?
< House prices rose by 6.1 per cent in 2025.
  What about the year before? → How much did house prices rise in Tarrany in 2024?
  and in Skerrow? → How much did house prices rise in Skerrow in 2025?
  And rents? → +
  and two years later? → How much did house prices rise in Tarrany in 2027?
  Why did they rise? → +
  Are they still rising? → +
  What about the year before? / and in Arlen? → How much did house prices rise in Arlen in 2024?

Did Russia and Ukraine agree on a ceasefire?
< Both sides agreed on a ceasefire of 30 days, mediators said.
  When did they agree? → When did Russia and Ukraine agree?
  how long will it last? → How long will the ceasefire last?
  and Israel and Iran? → +
  According to whom? → +

Which bank collapsed in March 2026?
  who ran it? → Who ran the bank that collapsed in March 2026?
  What happened to its customers? → +
  And in February? → Which bank collapsed in February 2026?

Why was the premier of Ostrava Coast arrested?
  When was he arrested? → When was the premier of Ostrava Coast arrested?
  what does his party say? → What does the premier of Ostrava Coast's party say?
  and the mayor of Lanno? → Why was the mayor of Lanno arrested?

How strong was the earthquake off Lanno on Friday?
  how deep was it? → How deep was the earthquake off Lanno?
  Did it cause a tsunami? → Did the earthquake off Lanno cause a tsunami?
  and the day before? → How strong was the earthquake off Lanno on Thursday?
  And the one on Monday? → +

Has the trial of Edda Crane begun?
  What is she accused of? → What is Edda Crane accused of?
  when will it end? → When will the trial of Edda Crane end?

What do teachers want?
  How much do they earn now? → How much do teachers earn now?
  and nurses? → What do nurses want?
  What does the minister say to that? → +

When did Marek Sonn break the 100 metres record?
  Where? → Where did Marek Sonn break the 100 metres record?
  And the 200 metres record? → When did Marek Sonn break the 200 metres record?

Who shot Ada Thule?
  What was the motive? / What did the ECB say? → +
  Who was second? → +

Why was Ada Thule arrested?
< Ada Thule was arrested on Monday, said her wife Petra Thule and the lawyer Gerard Fenn.
  How long was her sentence? → How long was Ada Thule's sentence?
  How long was her sentence? / Who was she exchanged for? → Who was Ada Thule exchanged for?
  Who was she exchanged for? / Is she free? → Is Ada Thule free?
  What did Nike do? → +
  What did Nike do? / Did she apologise? → Did Ada Thule apologise?
  What did the league decide? → +
  Has Halvern Athletic commented? → +
  How many people live in Lanno? / When did she leave? → When did Ada Thule leave?

Who is Ada Thule?
< Petra Thule pledged to go on, said Gerard Fenn.
  Why was she arrested? → Why was Ada Thule arrested?

Who was Ada Thule exchanged for?
< Gerard Fenn was freed on Monday.
  How old is she? → How old is Ada Thule?

Who is Ada Thule's husband?
< Ada Thule is married to Jonas Wray.
  What does he do? → What does Jonas Wray do?

Who led the vote in Halvern?
< Halvern Party USA and Skerrow Shipping Services backed Kanna West.
  How old is she? → How old is Kanna West?

Who succeeded Ada Thule?
< Ada Thule was followed by Gerard Fenn.
  How old is he? → +
  How old was she? / How old is he? → +

Who did Brandt appoint as minister?
< Brandt appointed Lena Oster on Monday.
  How old is she? → How old is Lena Oster?

Who is the governor of Tarrany?
< Maren Stahl of the board spoke at the end. “We will rebuild,” said Tarrany Gov. Ilya Brandt.
  What did he say about it? → What did Ilya Brandt say about it?

What did Nike announce in March?
< Profits fell.
  Did he resign? → +
  Did it pay a dividend? → Did Nike pay a dividend?

How many people died in the Arlen wildfires?
< At least 99 people died, Gerard Fenn said.
  And how did the fires start? → How did the Arlen wildfires start?
  Is the fire out? → +
  How big was the blaze? → +
  How many children were hurt? → +
  What did the ECB say? → What did the ECB say about the Arlen wildfires?
  What did the inquiry find? → +
  What did the May 6 inquiry find? → What did the May 6 inquiry find?
  Who was the suspect? / What happened to him? → How many people died in the Arlen wildfires? What happened to the suspect?
  Who is the governor? → +
  What did the governor say? → +
  Who is the governor? / What did he say about it? → What did the governor say about the Arlen wildfires?
  Has the suspect been charged? → +
  And is the reservoir full? → +
  Which towns were hit? → +
  Can the governor veto the budget? → Can the governor veto the budget?
  How did the fire at the mill start? → How did the fire at the mill start?

Why did the harbour bridge collapse?
  Who owns the ship? → +
  How old was the bridge? → How old was the harbour bridge?
  How old was the bridge? / How many people were on the bridge? → How many people were on the harbour bridge?
  What did the company say it would do? → +
  How many ferries does the company own? → +
  Did the new bridge open? → Did the new bridge open?

Who won the Cup Final in 2024?
  Who was the MVP? → +
  Who was the MVP? / Where was it played? → Where was the Cup Final in 2024 played?
  Who scored the winning goal? → +
  How many people watched the match? → +

What was the score of the final?
  Where was it played? → Where was the final played?
  Was it expected? → Was the score expected?

What did Brandt say about interest rates in September 2022?
  What about the Bank of Tarrany? → What did the Bank of Tarrany say about interest rates in September 2022?
  What about the Bank of Tarrany? / And the ECB? → What did the ECB say about interest rates in September 2022?
  And about inflation? → What did Brandt say about inflation in September 2022?
  And house prices? → What did Brandt say about house prices in September 2022?
  And in October? → What did Brandt say about interest rates in October 2022?

Why did Brandt raise the tax?
  What about the Bank of Tarrany? → Why did the Bank of Tarrany raise the tax?
"""

# What stands on its own, whatever was said before.
ALONE = """
Who won the World Cup?
What did the mayor announce in January?
Who said that the ferry was safe?
What did the mayor say when he resigned?
Did Fenn say he would run again?
Why did the driver say he fell asleep?
How long does it take to fly to Mars?
Is it legal to smoke in public?
Is it true that the bridge is closed?
How much did it cost to build the Ellery Narrows Bridge?
What is the latest on the bridge?
Who resigned this week?
And who won the World Cup?
So, what is the population of Skerrow?
What did the operator say it would do?
Why are doctors going on strike?
Are there any wolves in Tarrany?
How many people live in Tarrany?
When he resigned, what did Boris Johnson say?
What is inflation?
Who is the president of France?
Why do nurses say they are leaving?
What happened in Skerrow on Monday?
Did someone say they saw the comet?
How many people died in the Lady Corran ferry disaster?
What did Ada Thule say?
Which country left the EU?
Who called the strike at the port?
What are the new rules on that tram line in Halvern?
Did Turkey say it would join?
ferry disaster
Halvern mayor election results
Skerrow
census 2025
What is it like to live in Skerrow?
Why is this year so hot?
What was the magnitude of the quake in Japan?
Has the reservoir at Carrow Water refilled?
Who designed the bridge?
When does the tram ballot close?
Tell me about the whooping cough outbreak.
What did the BBC report about the census?
How did Athletic win their match?
How many goals did Kost save?
Did Ferrant win the election by 487 votes?
What caused the drought in the Carrow valley?
How old is the Pope?
What time is it in Halvern?
So far, how many ballots have been counted?
Will the ferry operator lose its licence?
How many seats does the Tarran parliament have?
When was Gerard Fenn born?
Where do puffins nest?
Is Skerrow an island?
Who is suing the port authority?
What did scientists find in the Carrow valley?
Can the governor veto the budget?
How long will the heatwave last?
Which party leads the polls?
Why did the airline cancel its flights?
What does the census say about its own accuracy?
Did the bank raise its interest rate?
What do farmers say about their losses?
How did Mira Lund break her leg?
Has the actor apologised for his remarks?
Why was a teacher suspended for her tweets?
Does the minister still think she can win?
Was it raining in Halvern on Sunday?
How far is it from Halvern to Port Ellery?
It was reported that a whale stranded; where was it?
Who wrote the song that won the contest?
Is there life on Mars?
Were there protests in Tillbrook?
Are these the hottest days since 1976?
What is this week's weather in Skerrow?
Do vaccines work, and how are they tested?
What was the verdict in the Fenn trial?
List the medals of the Tarran swimmers
Explain the new pension law
Who else was charged in the Fenn fraud trial?
Then who became king after Edmund IV died?
But is Carrow Water safe to swim in?
Also, when do schools reopen after Easter?
OK, who leads the Coast Party?
What happened at the tram depot?
How many were hurt in the tram crash?
Who died in the avalanche?
How did the fire at the mill start?
Who is missing after the landslide in Arlen?
Why is the sky orange over Halvern?
When he was mayor, what did Ferrant build?
Was the captain of the Lady Corran drunk when he left port?
Where did Kost play before he joined Athletic?
Who will replace Odile Renshaw when she retires?
How much money did the museum lose when it closed?
What did the court say about that in the Fenn ruling?
Which country has the most wolves?
Is Tarran Rail going to cut jobs?
Bridge toll
Ellery Narrows
Who owns the Mercury?
In which year did the Old Carrow church drown?
On what day is the ballot?
At the summit, what did Brandt promise?
From Skerrow to Halvern, how long is the ferry trip?
In Tillbrook, who runs the school?
Whose dog won the lottery?
Under the new law, who pays?
Latest news from Skerrow?
2025 census results?
how many people were killed in the arlen landslide?
what's new in halvern?
who is running for mayor in tillbrook
does radio tarrany still broadcast on medium wave?
Why did the power cut last three hours?
Can I still swim in Carrow Water?
Do the new trams have their own lanes?
When will schools know whether they must close?
How do puffins find their way home?
Which minister said he had never met her?
What was Kost's score in his last season at Athletic?
Is this the year when Tarrany joins the euro?
What did the operator say after it cut power to the trams?
Did the government keep its promise on pensions?
Why do people who live there oppose the Arlen dam?
Are there any trains between Halvern and Port Ellery tonight?
What does that new law on short lets change?
Is it safe to travel to Skerrow this weekend?
How is the drought affecting farmers and their animals?
Who founded Halvern Trams, and when?
And now for something different: who is the Pope?
So how tall is the Ellery lighthouse?
What's the difference between whooping cough and a cold?
Was Brandt right when he said that taxes would fall?
How many seals live on Skerrow?
tram strike Halvern January 2026
Show me news about the reservoir
Give me the results of the mayoral election
What happened on 3 December 2025?
When did women get the vote in Tarrany?
Is there anything new on the Fenn trial?
Does the bridge have a toll?
Which side won the by-election in Arlen?
How did the goalkeeper get hurt?
Has anyone claimed the lottery jackpot?
Who will be the next archbishop?
What made the volcano erupt?
Did it snow in Tillbrook in May?
It is said that wolves have returned to Arlen. Is that true?
The ferry was late again. Why was it late?
Who discovered the shipwreck off Lanno?
Has Halvern Water raised its prices?
Which players missed their penalties?
What did Lena Oster tell her colleagues?
Where was Maren Stahl when the prize was announced?
How many nurses left their jobs last year?
What does it take to become a pilot?
When is it too late to vote?
Why are there no trains on Sunday?
How did police find the suspect in the Arlen robbery?
Was anyone hurt in the Tillbrook fire?
Is that man from the Arlen robbery in custody?
Who said “we will never give up”?
And what about the Arlen robbery: was anyone caught?
So what happened in the Fenn trial?
Did the Pope visit Tarrany in 2025?
Will there be another election this year?
Has the bird flu outbreak on Lanno spread?
How cold will it be in Arlen tonight?
Why did Kost say he was sorry?
Are children allowed to vote at 16 in Tarrany?
What are people saying about the new tram seats?
Does Ferrant have the votes she needs?
How many ferries does the harbour company own?
When the dam broke, who raised the alarm?
What did scientists learn from the eruption?
Name the ministers who resigned
Why is butter so expensive?
Who gets a winter fuel payment?
What is the toll of the Lanno shipwreck?
how old was edmund iv when he died
can you tell me who won the cup
What did the coach think of the referee?
Whose fault was the power cut in Halvern?
what is the weather like in lanno
Did the mayor keep her promise to plant 1,000 trees?
Tarrany inflation rate
Where do the reservoirs get their water?
Was the vote close?
Who will pay for this summer's drought?
Which bank said it would close its branches?
Which minister announced she will not run again?
How many years has it been since the bridge opened?
What is it called when a river runs dry?
Who announced it would stop its ferries?
Which side said that it was changing its name?
"""
